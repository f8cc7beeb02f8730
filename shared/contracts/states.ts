import * as z from 'zod/mini';
import { OperationCode, UserStatus } from './enums.ts';

export const userStatus = z.literal(Object.values(UserStatus));

export const kycLevel = z.literal([0, 1, 2, 3]);

export const operationCode = z.literal(Object.values(OperationCode));
