import * as z from 'zod/mini';
import { text } from './codes/text.ts';
import { fieldRules } from './field-rules.ts';

export const username = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_.-]{3,32}$/))
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
  .check(z.maxLength(254), z.toLowerCase())
  .register(fieldRules, {
    rule: text('不是有效的電子郵件地址', '不是有效的电子邮件地址', 'this is not a valid e-mail address'),
  });

/** What clients send is the SHA-256 of what the person typed, so that no raw password ever travels. */
export const passwordDigest = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/))
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
export const loginName = z.string().check(z.trim(), z.minLength(1), z.maxLength(254), z.refine(wellFormed));

/** What the reference answers where it is empty. */
export const EMPTY_LOGIN_NAME = { literal: '[empty loginName]' } as const;

/** The id of a captcha as it is given out: 63 bits as a decimal string. */
export const captchaId = z.string().check(z.regex(/^\d{1,19}$/));

/** What a caller sends of a captcha may be anything short: what is not right is a wrong captcha (10083), not bad form. */
export const captchaField = z.string().check(z.maxLength(64), z.refine(wellFormed));

/** A mobile number as a person writes it; read and checked by the use case. */
export const phoneField = z.string().check(z.maxLength(32), z.refine(wellFormed));

/** Six digits, as mailed or texted. */
export const verificationCode = z
  .string()
  .check(z.regex(/^\d{6}$/))
  .register(fieldRules, { rule: text('須為 6 位數字', '须为 6 位数字', 'send the 6 digits') });

/** Language of texts for this request. Unknown languages fall back, so any short string passes. */
export const language = z.string().check(z.maxLength(35), z.refine(wellFormed));

const SIX_DIGITS = 6;

/** 24 characters of base32; the dashes, which are printed for reading, may be left out. */
const RECOVERY_CODE = /^(?:[A-Z2-7]{4}[ -]?){5}[A-Z2-7]{4}$/i;

/** A code of the authenticator, which may come as a number and then lacks leading zeros, or a recovery code. */
export const factorCode = z
  .pipe(
    z.union([
      z.int().check(z.minimum(0), z.maximum(999_999)),
      z.string().check(z.trim(), z.regex(new RegExp(`^\\d{6}$|${RECOVERY_CODE.source}`, 'i'))),
    ]),
    z.transform((code: string | number) => String(code).padStart(SIX_DIGITS, '0')),
  )
  .register(fieldRules, {
    rule: text(
      '須為驗證器的 6 位數字，或一組備用碼',
      '须为验证器的 6 位数字，或一组备用码',
      'send the 6 digits of the authenticator, or a recovery code',
    ),
  });

/** The authenticator's code alone, where it shall prove the app and nothing else will do. */
export const authenticatorCode = z
  .pipe(
    z.union([z.int().check(z.minimum(0), z.maximum(999_999)), z.string().check(z.trim(), z.regex(/^\d{6}$/))]),
    z.transform((code: string | number) => String(code).padStart(SIX_DIGITS, '0')),
  )
  .register(fieldRules, { rule: text('須為 6 位數字', '须为 6 位数字', 'send the 6 digits') });

/** A TOTP key as it was given out: 32 characters of base32. */
export const totpKey = z.string().check(z.maxLength(64), z.refine(wellFormed));

/** 256 bits in base64url, from a mail's link. Whether it is one is decided by the use case. */
export const freezeCode = z.string().check(z.minLength(1), z.maxLength(128), z.regex(/^[\w-]+$/));

/** The id of a record, or the code of a link, as a client has it: whatever is none of the caller's own is not found. */
export const recordName = z.string().check(z.minLength(1), z.refine(wellFormed));
