import { resolveReferences } from '../support/references.ts';
import { onTheWire } from '../../shared/contracts/openapi/samples.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import * as z from 'zod';
import { complaintAbout, firstDifference } from '../../infra/docs/derived.ts';
import { DOCUMENT_NAMES, type DocumentName, OPENAPI, renderOpenApi } from '../../infra/openapi.ts';
import { CODES } from '../../shared/contracts/codes/catalogue.ts';
import { type EndpointSpec, readsSessions } from '../../shared/contracts/endpoint.ts';
import { ENUMS } from '../../shared/contracts/enums.ts';
import { frameworkCodes } from '../../shared/contracts/framework-codes.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';

const committed = (name: DocumentName): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

const jsonObject = z.record(z.string(), z.unknown());
const described = z.looseObject({ schema: jsonObject });
/** The one media type of a body: JSON, a form, or a page for a person. */
const media = z.union([
  z.strictObject({ 'application/json': described }),
  z.strictObject({ 'multipart/form-data': described }).transform((form) => ({
    'application/json': form['multipart/form-data'],
  })),
  z.strictObject({ 'text/html': described }).transform(({ 'text/html': html }) => ({ 'application/json': html })),
]);
const response = z.looseObject({ headers: jsonObject.optional(), content: media.optional() });
const operation = z.looseObject({
  operationId: z.string(),
  security: z.array(jsonObject),
  requestBody: z.object({ content: media }).optional(),
  responses: z.record(z.string(), response),
});
const page = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), jsonObject) }),
});

const DECLARED: Readonly<Record<DocumentName, readonly EndpointSpec[]>> = {
  'openapi.json': ENDPOINTS,
  'openapi-staff.json': STAFF_ENDPOINTS,
};

const documents = DOCUMENT_NAMES.map((name) => {
  const rendered: unknown = JSON.parse(renderOpenApi(name));
  const { paths, components } = page.parse(resolveReferences(rendered, rendered));
  return { name, all: DECLARED[name], rendered, paths, components };
});

const operations = documents.flatMap(({ all, paths }) =>
  all.map((endpoint) => {
    const found = paths[endpoint.path]?.[endpoint.method.toLowerCase()];
    if (!found) throw new Error(`${endpoint.id} is not in its document`);
    return [endpoint.id, endpoint, found] as const;
  }),
);

const examplesIn = z.looseObject({
  schema: jsonObject,
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.looseObject({ value: z.unknown() })).default({}),
});

/** Every example of a media type with what its schema has against it. */
const problemsOf = (content: z.infer<typeof media>): readonly unknown[] => {
  const { schema, example, examples } = examplesIn.parse(content['application/json']);
  const validator = z.fromJSONSchema(schema);
  const values = [...Object.values(examples).map(({ value }) => value), ...(example === undefined ? [] : [example])];
  expect(values.length).toBeGreaterThan(0);
  return values.flatMap((value) => validator.safeParse(value).error?.issues ?? []);
};

const successOf = ({ responses }: z.infer<typeof operation>) =>
  z.looseObject({ schema: jsonObject, example: z.unknown() }).parse(responses['200']?.content?.['application/json']);

describe.each(documents)('the OpenAPI document $name', ({ name: file, all, rendered, paths, components }) => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(jsonObject.parse(rendered)));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('is the committed one', () => {
    expect(complaintAbout(OPENAPI, file, committed(file))).toBeUndefined();
  });

  it('says what to do when it is not', () => {
    const changed = renderOpenApi(file).replace('"openapi": "3.1.0"', '"openapi": "3.0.0"');
    expect(complaintAbout(OPENAPI, file, changed)).toMatch(/from line 2 on\. Run "node infra\/openapi\.ts" and commit/);
  });

  it('finds the first line of a difference, also past the end of one text', () => {
    expect([firstDifference('a\nb', 'a\nb'), firstDifference('a\nb', 'a\nc'), firstDifference('a', 'a\nb')]).toEqual([
      0, 2, 2,
    ]);
  });

  it('has every enum with its names', () => {
    for (const [name, values] of Object.entries(ENUMS)) {
      expect(components.schemas[name]).toEqual({
        type: 'integer',
        enum: Object.values(values),
        'x-enum-varnames': Object.keys(values),
      });
    }
    expect(components.schemas['Envelope']).toMatchObject({ required: ['code', 'msg', 'time', 'data', 'success'] });
  });

  it('has exactly the declared operations', () => {
    const documented = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(documented.map(({ operationId }) => operationId).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  });
});

const answers = operations.filter(([, { response: kind }]) => kind !== 'redirect');

describe.each(operations)('the operation %s', (_id, endpoint, documented) => {
  it('has examples that its schemas take', () => {
    const contents = [documented.requestBody, ...Object.values(documented.responses)].map((one) => one?.content);
    expect(contents.flatMap((content) => (content ? problemsOf(content) : []))).toEqual([]);
    expect(Object.entries(documented.responses).flatMap(([status, { content }]) => (content ? [] : [status]))).toEqual(
      endpoint.response === 'redirect' ? ['302'] : [],
    );
  });

  it('asks for a token exactly where the contract does', () => {
    const optional = documented.security.some((scheme) => Object.keys(scheme).length === 0);
    const accepts = new Set(documented.security.flatMap((scheme) => Object.keys(scheme)));
    expect(accepts.has('tokenHeader') && accepts.has('tokenCookie')).toBe(readsSessions(endpoint));
    expect(accepts.has('iam')).toBe(endpoint.auth === 'staff');
    expect(optional).toBe(endpoint.auth === 'optional');
    expect(accepts.has('apiSignature')).toBe(endpoint.apiKey !== false);
  });

  it('says which scope an API key needs, for programs and for people', () => {
    const { apiKey } = endpoint;
    const scopes = typeof apiKey === 'object' ? Object.entries(apiKey.scopes) : [];
    const [always, by] = typeof apiKey === 'string' ? [{ always: apiKey }, undefined] : [undefined, apiKey];
    expect(documented['x-scopes']).toEqual(by ? { by: by.by, values: by.scopes } : always);
    const said = scopes.map(([value, scope]) => `\`${scope}\` for ${value}`);
    for (const one of always ? [`API key with the scope \`${always.always}\``] : said) {
      expect(documented['description']).toContain(one);
    }
  });

  it('shows the token in the headers exactly where success issues one', () => {
    const headers = Object.keys(documented.responses['200']?.headers ?? {});
    expect(headers.includes('token')).toBe(endpoint.issuesToken === true);
    expect(headers.includes('Set-Cookie')).toBe(endpoint.issuesToken === true || endpoint.clearsToken === true);
  });
});

describe.each(answers)('the operation %s, which answers in a body,', (_id, endpoint, documented) => {
  it('has every code that can come back, under its HTTP status', () => {
    for (const key of [...endpoint.codes, ...frameworkCodes(endpoint)]) {
      const { code, status, text } = CODES[key];
      const { schema } = documented.responses[status]?.content?.['application/json'] ?? {};
      expect(schema?.['x-codes']).toContainEqual({ code, key, text });
      expect(schema).toMatchObject({ properties: { code: { enum: expect.arrayContaining([code]) } } });
    }
  });

  it('shows the success that the contract describes, and its schema takes no other', () => {
    const { schema, example } = successOf(documented);
    const data = onTheWire(endpoint.example.data);
    const envelope = { code: 1, msg: endpoint.successMessage, time: 1_624_415_325_469, data, success: true };
    expect(example).toEqual(endpoint.response === undefined ? envelope : data);
    const validator = z.fromJSONSchema(schema);
    const others = [
      { ...envelope, code: 2 },
      { ...envelope, msg: 'other' },
      { ...envelope, data: 'other' },
    ];
    expect(others.filter((other) => validator.safeParse(other).success)).toEqual([]);
  });
});
