import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import * as z from 'zod';
import { fileFieldsOf } from '../../shared/contracts/named-fields.ts';
import { moneyFieldsOf } from '../../shared/contracts/money.ts';
import { bodyParser } from '../../shared/http/json-body.ts';

const fields = z.record(z.string(), z.unknown());

/**
 * The documented example of a body as the schema sees it: with files in the places of what stands for them, and money as
 * it is written.
 */
export const exampleBody = ({ body, example }: EndpointSpec): Readonly<Record<string, unknown>> | undefined => {
  const files = body ? fileFieldsOf(body) : [];
  if (!body || !example.body) return undefined;
  const written = fields.parse(bodyParser(moneyFieldsOf(body))(JSON.stringify(example.body)));
  return { ...written, ...Object.fromEntries(files.map((name) => [name, new File(['x'], name)])) };
};
