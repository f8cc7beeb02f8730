import * as z from 'zod';

const intrinsic = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`),
  z
    .strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((of) => `<${of['Fn::GetAtt'].join('.')}>`),
  z.strictObject({ 'Fn::ImportValue': z.string() }).transform((of) => `<import ${of['Fn::ImportValue']}>`),
]);

const join = z
  .strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.union([z.string(), intrinsic]))]) })
  .transform((of) => of['Fn::Join'][1].join(''));

const text = z.union([z.string(), intrinsic, join]);

/** A string of a template with its intrinsics written as `<Ref>`, `<Resource.Attribute>` and `<import Name>`. */
export const textOf = (value: unknown): string => text.parse(value);

/** One string or a list of them, as IAM writes both. */
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((item) => textOf(item)) : [textOf(value)];
