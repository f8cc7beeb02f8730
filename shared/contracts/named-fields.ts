import type * as z from 'zod/mini';

type Definition = z.core.$ZodTypes['_zod']['def'];

const isOf = <K extends Definition['type']>(
  definition: z.core.$ZodTypeDef,
  ...kinds: readonly K[]
): definition is Extract<Definition, { type: K }> => kinds.some((kind) => definition.type === kind);

const definitionOf = ({ _zod: { def } }: z.core.$ZodType): z.core.$ZodTypeDef => def;

/**
 * The names under which a schema occurs in another one, anywhere in it: those of the nearest objects around it.
 *
 * @param name - what stands for the whole, where the schema is not inside any object.
 */
export const namesOf = (wanted: z.core.$ZodType, schema: z.core.$ZodType, name: string): readonly string[] => {
  if (schema === wanted) return [name];
  const definition = definitionOf(schema);
  const inside = (inner: z.core.$ZodType, key = name): readonly string[] => namesOf(wanted, inner, key);
  if (isOf(definition, 'object')) return Object.entries(definition.shape).flatMap(([key, inner]) => inside(inner, key));
  if (isOf(definition, 'optional', 'nullable', 'default', 'prefault', 'readonly')) return inside(definition.innerType);
  if (isOf(definition, 'array')) return inside(definition.element);
  if (isOf(definition, 'pipe')) return inside(definition.in);
  return isOf(definition, 'union') ? definition.options.flatMap((option) => inside(option)) : [];
};

const isFile = (schema: z.core.$ZodType): boolean => {
  const definition = definitionOf(schema);
  return isOf(definition, 'optional') ? isFile(definition.innerType) : isOf(definition, 'file');
};

/** The names of the fields of a form that are files. */
export const fileFieldsOf = ({ shape }: z.ZodMiniObject): readonly string[] =>
  Object.entries(shape).flatMap(([name, schema]) => (isFile(schema) ? [name] : []));
