import * as z from 'zod/mini';
import { SIGNATURE_FORMS } from '../api-key-headers.ts';
import type { CodeDefinition, Code, Placeholders } from '../codes/catalogue.ts';
import { DEFAULT_LOCALE } from '../locale.ts';

/** The clock in every example: that of the reference's first one, in epoch milliseconds. */
const SAMPLE_TIME = 1_624_415_325_469;

/** What stands in example texts for the values that a running system fills in. */
const SAMPLE_PARAMETERS: Readonly<Record<Placeholders<Code>, string>> = {
  field: 'email',
  reason: '必填',
  seconds: '42',
  allow: 'GET, POST',
  until: '2021-06-24 10:28:45 (UTC+8)',
  left: '250',
  asset: 'USDT',
  times: '5',
  most: '20',
  header: 'btse-sign',
  form: SIGNATURE_FORMS['btse-sign'],
  length: '95',
  serverTime: String(SAMPLE_TIME),
  difference: '30001',
  ip: '192.0.2.1',
  scope: 'read',
  why: 'the account is not closed, which is status 5 (Deleted)',
};

const fill = (template: string): string =>
  Object.entries(SAMPLE_PARAMETERS).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, value), template);

const smallest = z.looseObject({
  const: z.optional(z.unknown()),
  enum: z.optional(z.array(z.unknown())),
  type: z.optional(z.string()),
  minimum: z.optional(z.number()),
  get properties() {
    return z.optional(z.record(z.string(), smallest));
  },
});

const PLAIN_VALUES = new Map<string, unknown>([
  ['string', ''],
  ['boolean', false],
  ['array', []],
]);

/** The plainest value of a JSON Schema: its constant, its least number, its fields' plainest values. */
const sampleOf = (schema: z.infer<typeof smallest>): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'object') {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sampleOf(value)]));
  }
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0;
  return PLAIN_VALUES.get(schema.type ?? '') ?? null;
};

/** What `data` can look like beside a failure. */
export const sampleData = (schema: z.core.$ZodType | undefined): unknown =>
  schema ? sampleOf(smallest.parse(z.toJSONSchema(schema))) : null;

export const successEnvelope = (message: string | null, data: unknown) => ({
  code: 1,
  msg: message,
  time: SAMPLE_TIME,
  data,
  success: true,
});

/** A failure as a caller without a language reads it. */
export const failureEnvelope = ({ code, text }: CodeDefinition, data: unknown, literal?: string) => ({
  code,
  msg: literal ?? fill(text[DEFAULT_LOCALE]),
  time: SAMPLE_TIME,
  data,
  success: false,
});

/** A value as it reads in JSON: exact numbers are numbers there. */
export const onTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
