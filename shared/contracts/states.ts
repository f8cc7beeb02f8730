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

export const userStatus = z.literal(Object.values(UserStatus));

export const kycLevel = z.literal([0, 1, 2, 3]);

export const operationCode = z.literal(Object.values(OperationCode));

export const kycStatus = z.literal(Object.values(KycStatus));

export const imageStatus = z.literal(Object.values(ImageStatus));

export const kycImageType = z.literal(Object.values(KycImageType));

export const currencyType = z.literal(Object.values(CurrencyType));

export const walletStatus = z.literal(Object.values(WalletStatus));

export const walletRecordType = z.literal(Object.values(WalletRecordType));

export const inOutType = z.literal(Object.values(InOutType));
