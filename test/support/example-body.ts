import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { fileFieldsOf } from '../../shared/contracts/file-field.ts';

/** The documented example of a body as the schema sees it: with files in the places of what stands for them. */
export const exampleBody = ({ body, example }: EndpointSpec): Readonly<Record<string, unknown>> | undefined => {
  const files = body ? fileFieldsOf(body) : [];
  return example.body && { ...example.body, ...Object.fromEntries(files.map((name) => [name, new File(['x'], name)])) };
};
