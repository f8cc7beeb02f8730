import * as z from 'zod';
import { jsonSchema, type JsonSchema, literalsFor } from './literals.ts';

/** A variant of a valid input in which one thing is different. */
export interface Mutation {
  readonly name: string;
  /** The field at the top that was changed; undefined when it is one the contract does not know. */
  readonly field: string | undefined;
  /** JSON. */
  readonly text: string;
}

type Path = readonly (string | number)[];

interface Field {
  readonly path: Path;
  readonly schema: JsonSchema;
}

/** The JSON Schema of what a caller sends. */
const inputSchema = (schema: z.core.$ZodType): JsonSchema =>
  jsonSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

/** Every field of a schema, those inside other fields too. */
const fieldsOf = (schema: JsonSchema, path: Path): readonly Field[] => {
  const named = Object.entries(schema.properties ?? {}).map(([name, inside]) => [name, inside] as const);
  const children = [...named, ...(schema.items ? [[0, schema.items] as const] : [])];
  const here = children.map(([key, inside]): Field => ({ path: path.concat(key), schema: inside }));
  const below = here.flatMap((field) => fieldsOf(field.schema, field.path));
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [...here, ...below, ...choices.flatMap((choice) => fieldsOf(choice, path))];
};

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** Writes a value as JSON with the text given for the place at `path`; without a text, the place is left out. */
const write = (value: unknown, [key, ...rest]: Path, text: string | undefined): string | undefined => {
  if (key === undefined) return text;
  const others = entriesOf(value).filter(([name]) => name !== String(key));
  const inside = entriesOf(value).find(([name]) => name === String(key))?.[1];
  const written = write(inside, rest, text);
  if (typeof key === 'number') return written === undefined ? '[]' : `[${written}]`;
  const members = others.map(([name, other]) => [name, JSON.stringify(other)] as const);
  const all = written === undefined ? members : [...members, [key, written] as const];
  return `{${all.map(([name, member]) => `${JSON.stringify(name)}:${member}`).join(',')}}`;
};

/** Leaves out every field and replaces each by everything that {@link literalsFor} has for it. */
export const mutationsOf = (schema: z.core.$ZodType, example: unknown): readonly Mutation[] =>
  fieldsOf(inputSchema(schema), []).flatMap(({ path, schema: inside }) => {
    const name = path.join('.');
    const field = String(path[0]);
    const missing: { readonly name: string; readonly text?: string } = { name: 'missing' };
    const values = literalsFor(inside).map(({ name: value, text }) => ({ name: `is ${value}`, text }));
    const variants = [missing, ...values];
    return variants.map((variant): Mutation => ({
      name: `${name} ${variant.name}`,
      field,
      text: write(example, path, variant.text) ?? '{}',
    }));
  });

/** Adds what the contract does not know. */
export const additionsOf = (example: unknown): readonly Mutation[] =>
  [
    ['unknownField', '{"deep":[1,2,{"er":null}]}'],
    ['__proto__', '{"isAdmin":true}'],
    ['constructor', '{"prototype":{"isAdmin":true}}'],
    ['prototype', 'true'],
    ['toString', '1'],
    ['hasOwnProperty', 'null'],
    ['', '""'],
    ['\uD800', '"\\udfff"'],
  ].flatMap(([key = '', value]) => [
    { name: `a field ${JSON.stringify(key)}`, field: undefined, text: write(example, [key], value) ?? '{}' },
  ]);
