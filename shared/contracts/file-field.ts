import * as z from 'zod/mini';

/** 5 MiB, inclusive. */
export const LARGEST_FILE = 5 * 1024 * 1024;

/** A file of a form, of at least one byte. Name and type are what the caller says, and decide nothing. */
export const fileField = z.file().check(z.minSize(1), z.maxSize(LARGEST_FILE));

type Definition = z.core.$ZodTypes['_zod']['def'];

const isOf = <K extends Definition['type']>(
  definition: z.core.$ZodTypeDef,
  kind: K,
): definition is Extract<Definition, { type: K }> => definition.type === kind;

const definitionOf = ({ _zod: { def } }: z.core.$ZodType): z.core.$ZodTypeDef => def;

const isFile = (schema: z.core.$ZodType): boolean => {
  const definition = definitionOf(schema);
  return isOf(definition, 'optional') ? isFile(definition.innerType) : isOf(definition, 'file');
};

/** The names of the fields of a form that are files. */
export const fileFieldsOf = ({ shape }: z.ZodMiniObject): readonly string[] =>
  Object.entries(shape).flatMap(([name, schema]) => (isFile(schema) ? [name] : []));
