import * as z from 'zod/mini';
import { ENUMS } from '../enums.ts';
import { exactNumber } from '../exact-number.ts';
import { userStatus } from '../states.ts';

/** A part of a JSON document. */
export type JsonObject = Readonly<Record<string, unknown>>;

const refTo = (schema: string): JsonObject => ({ $ref: `#/components/schemas/${schema}` });

/** Schemas that stand for an enum of the reference: shown by its name. */
const NAMED_SCHEMAS: ReadonlyMap<z.core.$ZodType, keyof typeof ENUMS> = new Map([[userStatus, 'UserStatus']]);

const allIntegers = (values: unknown): boolean => Array.isArray(values) && values.every(Number.isInteger);

/**
 * The JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1) of what a caller sends (`input`) or receives
 * (`output`). Literal whole numbers are integers; enums of the reference become references.
 */
export const jsonSchemaOf = (schema: z.core.$ZodType, io: 'input' | 'output'): JsonObject => {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const name = NAMED_SCHEMAS.get(zodSchema);
      if (name) {
        for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
        Object.assign(jsonSchema, refTo(name));
      } else if (zodSchema === exactNumber) {
        Object.assign(jsonSchema, { type: 'number', description: 'An exact decimal; read it without a double' });
      } else if (jsonSchema.contentEncoding === 'binary') {
        for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
        Object.assign(jsonSchema, { type: 'string', format: 'binary' });
      } else if (jsonSchema.type === 'number' && allIntegers(jsonSchema.enum ?? [jsonSchema.const])) {
        Object.assign(jsonSchema, { type: 'integer' });
      }
    },
  });
  return json;
};

const enumSchema = (values: Readonly<Record<string, number>>): JsonObject => ({
  type: 'integer',
  enum: Object.values(values),
  'x-enum-varnames': Object.keys(values),
});

/** Epoch milliseconds. */
const TIME = { type: 'integer', format: 'int64', description: "The server's clock in epoch milliseconds" } as const;

/** One envelope: everything the four other fields can be is decided by who asks. */
export const envelopeOf = (fields: {
  readonly code: JsonObject;
  readonly msg: JsonObject;
  readonly data: JsonObject;
  readonly success: JsonObject;
}): JsonObject => ({
  type: 'object',
  properties: { code: fields.code, msg: fields.msg, time: TIME, data: fields.data, success: fields.success },
  required: ['code', 'msg', 'time', 'data', 'success'],
});

/** `components.schemas`: the envelope and every numbered state of the reference. */
export const componentSchemas = (): JsonObject => ({
  Envelope: {
    ...envelopeOf({
      code: { type: 'integer', description: '1 on success, else what went wrong' },
      msg: { type: ['string', 'null'] },
      data: { description: 'What was asked for; null on most failures' },
      success: { type: 'boolean', description: 'Whether code is 1' },
    }),
    description: 'The body of every response',
  },
  ...Object.fromEntries(Object.entries(ENUMS).map(([name, values]) => [name, enumSchema(values)])),
});
