import type { LocalizedText } from '../locale.ts';
import { apiKeyCodes } from './api-key.ts';
import { credentialCodes } from './credentials.ts';
import { factorCodes } from './factor.ts';
import { gatewayCodes } from './gateway.ts';
import { httpCodes } from './http.ts';
import { kycCodes } from './kyc.ts';
import { phoneCodes } from './phone.ts';
import { referenceCodes } from './reference.ts';
import { signatureCodes } from './signature.ts';
import { staffCodes } from './staff.ts';
import { transferCodes } from './transfer.ts';
import { walletCodes } from './wallet.ts';

/** One entry of the catalogue: the number on the wire, its HTTP status and what a person reads. */
export interface CodeDefinition {
  readonly code: number;
  readonly status: number;
  /** Texts may hold `{placeholders}`; every language holds the same ones. */
  readonly text: LocalizedText;
}

/**
 * Every outcome an endpoint can name. Several entries may share a number where the reference has
 * one code for several situations; handlers speak in keys, clients in numbers.
 */
export const CODES = {
  ...referenceCodes,
  ...credentialCodes,
  ...factorCodes,
  ...phoneCodes,
  ...kycCodes,
  ...walletCodes,
  ...transferCodes,
  ...apiKeyCodes,
  ...staffCodes,
  ...gatewayCodes,
  ...httpCodes,
  ...signatureCodes,
} as const satisfies Record<string, CodeDefinition>;

export type Code = keyof typeof CODES;

type PlaceholdersIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never;

/** The names of the placeholders in a code's texts; `never` where it has none. */
export type Placeholders<C extends Code> = PlaceholdersIn<(typeof CODES)[C]['text']['en']>;

/** Codes whose texts hold no placeholder. */
export type PlainCode = { [C in Code]: [Placeholders<C>] extends [never] ? C : never }[Code];

/** The values a code's texts ask for: required where they hold placeholders, forbidden where not. */
export type MessageParameters<C extends Code> = [Placeholders<C>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Readonly<Record<Placeholders<C>, string>> };
