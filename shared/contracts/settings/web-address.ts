import * as z from 'zod/mini';

/** An address of that form. Smaller than zod's own `url`, which every bundle would carry that names such a setting. */
export const webAddress = (form: RegExp) =>
  z.string().check(
    z.regex(form),
    z.refine((address) => URL.canParse(address)),
  );

/** An address that documents or persons are asked about at, or `off`. */
export const hookAddress = z.union([z.literal('off'), webAddress(/^https:\/\/\S+$/)]);
