import { resolveReferences } from '../references.ts';
import * as z from 'zod';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';

const jsonObject = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.looseObject({ schema: jsonObject }));
const operation = z.looseObject({
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
});
const document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** What the API's own description says about its endpoints. */
export interface Documented {
  /** Media types that a request's body may have; none where it has no body. */
  readonly mediaTypes: (endpoint: EndpointSpec) => readonly string[];
  /** What the description has against a response of that status; undefined when it takes it. */
  readonly objection: (endpoint: EndpointSpec, status: number, body: unknown) => string | undefined;
}

const issuesOf = (schema: z.ZodType, body: unknown): string | undefined => {
  const parsed = schema.safeParse(body);
  return parsed.success ? undefined : z.prettifyError(parsed.error).replaceAll('\n', ' ');
};

/** Reads an OpenAPI document as the server gave it. */
export const readDocumented = (served: unknown): Documented => {
  const { paths } = document.parse(resolveReferences(served, served));
  const operationOf = ({ method, path }: EndpointSpec) => {
    const found = paths[path]?.[method.toLowerCase()];
    if (!found) throw new Error(`${method} ${path} is not in the API description.`);
    return found;
  };
  const validators = new Map<string, z.ZodType>();
  const validatorOf = (endpoint: EndpointSpec, status: number): z.ZodType | undefined => {
    const key = `${endpoint.id} ${status}`;
    const known = validators.get(key);
    if (known) return known;
    const bodies = operationOf(endpoint).responses[status]?.content;
    const schema = (bodies?.['application/json'] ?? bodies?.['text/html'])?.schema;
    const made = schema && z.fromJSONSchema(schema);
    if (made) validators.set(key, made);
    return made;
  };
  return {
    mediaTypes: (endpoint) => Object.keys(operationOf(endpoint).requestBody?.content ?? {}),
    objection: (endpoint, status, body) => {
      const validator = validatorOf(endpoint, status);
      return validator ? issuesOf(validator, body) : `status ${status} is not in the API description`;
    },
  };
};
