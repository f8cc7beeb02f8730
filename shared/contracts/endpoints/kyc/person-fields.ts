import * as z from 'zod/mini';
import { text } from '../../codes/text.ts';
import { fieldRules } from '../../field-rules.ts';

/** Letters of any script, no control characters. 100 is far beyond the longest name that a certificate has room for. */
export const personName = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(100),
    z.refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name)),
  )
  .register(fieldRules, {
    rule: text('請填寫證件上的姓名', '请填写证件上的姓名', 'send the name as it stands on the document'),
  });

/** 0 woman, 1 man. */
export const gender = z.literal([0, 1]).register(fieldRules, {
  rule: text('須為 0（女）或 1（男）', '须为 0（女）或 1（男）', 'send 0 (woman) or 1 (man)'),
});

/** Whether there is such a day, and how long ago it was, is decided by the use case. */
export const birthday = z
  .string()
  .check(z.regex(/^\d{4}\/\d{2}\/\d{2}$/))
  .register(fieldRules, {
    rule: text('須為日期 YYYY/MM/DD', '须为日期 YYYY/MM/DD', 'send a date, YYYY/MM/DD'),
  });

/** Whether it is a number of a known format with a right check digit is decided by the use case. */
export const identityNumber = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(32),
  z.refine((value) => value.isWellFormed()),
);
