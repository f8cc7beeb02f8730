import * as z from 'zod/mini';
import { type AssetName, ASSETS } from '../assets.ts';
import { text } from '../codes/text.ts';
import { fieldRules } from '../field-rules.ts';
import { loginName } from '../fields.ts';

/** The path parameter of everything about one user: a username or an e-mail address. */
export const userParams = z.object({ username: loginName });

export const SAMPLE_USER = { username: 'peter0105' } as const;

/** Why staff did something, for whoever reads the audit. */
export const reason = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(500),
  z.refine((value) => value.isWellFormed()),
);

const isAsset = (name: string): name is AssetName => Object.hasOwn(ASSETS, name);

export const assetName = z.enum(Object.keys(ASSETS).filter(isAsset));

/** Zeros at the end are no decimals; 16 digits are what a JSON number carries exactly. */
const PERCENT = /^(?:0|[1-9]\d?)(?:\.\d{1,6}0{0,8})?$/;

/** A spread in percent, from 0 to under 100, exact to six decimals, as text or as a number. */
export const spread = z
  .pipe(z.union([z.string(), z.number()]), z.pipe(z.transform(String), z.string().check(z.regex(PERCENT))))
  .register(fieldRules, {
    rule: text(
      '須為 0 至未滿 100 的百分比，至多 6 位小數',
      '须为 0 至未满 100 的百分比，至多 6 位小数',
      'send a percentage from 0 to under 100 with at most 6 decimals',
    ),
  });
