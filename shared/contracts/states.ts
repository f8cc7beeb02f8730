import * as z from 'zod/mini';
import {
  CurrencyType,
  ImageStatus,
  InOutType,
  KycImageType,
  KycStatus,
  OperationCode,
  UserStatus,
  WalletRecordType,
  WalletStatus,
} from './enums.ts';

/** Any of an enum's numbers. Marked for the bundler, which else keeps every enum in every bundle. */
// @__NO_SIDE_EFFECTS__
const anyOf = <const N extends number>(numbers: Readonly<Record<string, N>>) => z.literal(Object.values(numbers));

export const userStatus = anyOf(UserStatus);

export const kycLevel = z.literal([0, 1, 2, 3]);

export const operationCode = anyOf(OperationCode);

export const kycStatus = anyOf(KycStatus);

export const imageStatus = anyOf(ImageStatus);

export const kycImageType = anyOf(KycImageType);

export const currencyType = anyOf(CurrencyType);

export const walletStatus = anyOf(WalletStatus);

export const walletRecordType = anyOf(WalletRecordType);

export const inOutType = anyOf(InOutType);
