import * as z from 'zod';
import { text } from './codes/text.ts';
import { OperationCode, UserStatus } from './enums.ts';
import type { LocalizedText } from './locale.ts';

/** What a field must look like, in words for a person; joined to the schema, kept out of the JSON Schema. */
export const fieldRules = z.registry<{ readonly rule: LocalizedText }>();

export const username = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{3,32}$/)
  .register(fieldRules, {
    rule: text(
      '須為 3 至 32 個英數字或 _ . -',
      '须为 3 至 32 个英数字或 _ . -',
      'use 3 to 32 characters of A-Z a-z 0-9 _ . -',
    ),
  });

/** Stored and compared in lower case; 254 is the longest address that SMTP can carry (RFC 5321, erratum 1690). */
export const emailAddress = z
  .email()
  .max(254)
  .toLowerCase()
  .register(fieldRules, {
    rule: text('不是有效的電子郵件地址', '不是有效的电子邮件地址', 'this is not a valid e-mail address'),
  });

/** What clients send is the SHA-256 of what the person typed, so that no raw password ever travels. */
export const passwordDigest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .register(fieldRules, {
    rule: text(
      '須為密碼的 SHA-256，64 位小寫十六進位字元',
      '须为密码的 SHA-256，64 位小写十六进制字符',
      'send the SHA-256 of the password as 64 lower-case hex digits',
    ),
  });

/** Text without halves of surrogate pairs, which JSON can carry and no table can store. */
const wellFormed = (value: string): boolean => value.isWellFormed();

/** A username or an e-mail address. */
export const loginName = z.string().trim().min(1).max(254).refine(wellFormed);

/** The id of a captcha as it is given out: 63 bits as a decimal string. */
export const captchaId = z.string().regex(/^\d{1,19}$/);

/** What a caller sends of a captcha may be anything short: what is not right is a wrong captcha (10083), not bad form. */
export const captchaField = z.string().max(64).refine(wellFormed);

/** A mobile number as a person writes it; read and checked by the use case. */
export const phoneField = z.string().max(32).refine(wellFormed);

/** Six digits, as mailed or texted. */
export const verificationCode = z
  .string()
  .regex(/^\d{6}$/)
  .register(fieldRules, { rule: text('須為 6 位數字', '须为 6 位数字', 'send the 6 digits') });

/** Language of texts for this request. Unknown languages fall back, so any short string passes. */
export const language = z.string().max(35).refine(wellFormed);

export const userStatus = z.literal(Object.values(UserStatus));

export const kycLevel = z.literal([0, 1, 2, 3]);

export const operationCode = z.literal(Object.values(OperationCode));

/** Entries on a page, and pages from one, as they come in a query string. */
export const pageSize = z.coerce.number().int().min(1).max(100).default(10);
export const pageNumber = z.coerce.number().int().min(1).max(1_000_000).default(1);
