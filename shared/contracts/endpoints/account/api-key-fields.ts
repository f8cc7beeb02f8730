import * as z from 'zod/mini';
import { API_KEY_SCOPES } from '../../api-key-scopes.ts';
import { text } from '../../codes/text.ts';
import { fieldRules } from '../../field-rules.ts';

/** The base64 of 32 hex digits. */
export const apiKeyName = z
  .string()
  .check(z.regex(/^[0-9A-Za-z]{43}=$/))
  .register(fieldRules, {
    rule: text(
      '須為建立時取得的 API 金鑰，44 個字元',
      '须为创建时取得的 API 密钥，44 个字符',
      'send the API key as it was given out, 44 characters',
    ),
  });

/** Control and format characters, line breaks, halves of surrogate pairs: what cannot be seen. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** What the user calls a key. */
export const apiKeyLabel = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(64),
    z.refine((label) => !UNPRINTABLE.test(label)),
  )
  .register(fieldRules, {
    rule: text('須為 1 至 64 個可顯示的字元', '须为 1 至 64 个可显示的字符', 'use 1 to 64 printable characters'),
  });

export const apiKeyScopes = z
  .array(z.enum(API_KEY_SCOPES))
  .check(
    z.minLength(1),
    z.maxLength(API_KEY_SCOPES.length),
    z.refine((scopes) => new Set(scopes).size === scopes.length),
  )
  .register(fieldRules, {
    rule: text(
      `須為 ${API_KEY_SCOPES.join('、')} 中的一項或多項，各一次`,
      `须为 ${API_KEY_SCOPES.join('、')} 中的一项或多项，各一次`,
      `send one or more of ${API_KEY_SCOPES.join(', ')}, each once`,
    ),
  });

/** Entries of an allow-list at most. */
const ADDRESSES = 20;

/** Addresses and ranges as they are usually written: no leading zeros, no zones, no IPv4 inside of IPv6. */
const { ipv4, ipv6, cidrv4, cidrv6 } = z.regexes;

export const ipAllowlist = z
  .array(z.union([ipv4, ipv6, cidrv4, cidrv6].map((form) => z.string().check(z.regex(form)))))
  .check(z.minLength(1), z.maxLength(ADDRESSES))
  .register(fieldRules, {
    rule: text(
      `須為 1 至 ${ADDRESSES} 個 IP 位址或網段，例如 203.0.113.7、2001:db8::7、203.0.113.0/24；不限來源請省略`,
      `须为 1 至 ${ADDRESSES} 个 IP 地址或网段，例如 203.0.113.7、2001:db8::7、203.0.113.0/24；不限来源请省略`,
      `send 1 to ${ADDRESSES} IP addresses or ranges such as 203.0.113.7, 2001:db8::7, 203.0.113.0/24; leave it out to allow all`,
    ),
  });

/** What a key is, without its secret. */
export const apiKeyTerms = {
  apiKey: z.string(),
  label: z.string(),
  scopes: z.array(z.enum(API_KEY_SCOPES)),
  /** `null`: from everywhere. */
  ipAllowlist: z.nullable(z.array(z.string())),
  /** Epoch milliseconds, as in `expiresAt`. */
  createdAt: z.int(),
  expiresAt: z.int(),
} as const;

export const SAMPLE_API_KEY = {
  apiKey: 'NGZiNzM1YjA5ZTMyNGMxZjhhNjI1MGQ3YzE5ZTRiM2E=',
  label: 'Rebalancing',
  scopes: ['read', 'trade'],
  ipAllowlist: ['203.0.113.7', '2001:db8::/32'],
  createdAt: 1624418959045,
  expiresAt: 1655954959045,
} as const;
