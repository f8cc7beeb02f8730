/** The reference's numbered states, as named constants. Every one appears in the OpenAPI document. */

/** BTSE Enum: what the platform reports of orders and transfers. */
export const BtseStatus = {
  MARKET_UNAVAILABLE: 1,
  ORDER_INSERTED: 2,
  ORDER_FULLY_TRANSACTED: 4,
  ORDER_PARTIALLY_TRANSACTED: 5,
  ORDER_CANCELLED: 6,
  INSUFFICIENT_BALANCE: 8,
  TRIGGER_INSERTED: 9,
  TRIGGER_ACTIVATED: 10,
  ERROR_UPDATE_RISK_LIMIT: 12,
  ORDER_REJECTED: 15,
  ORDER_NOTFOUND: 16,
  TRANSFER_SUCCESSFUL: 27,
  TRANSFER_UNSUCCESSFUL: 28,
  ERROR_INVALID_RISK_LIMIT: 41,
  STATUS_LIQUIDATION: 64,
  FUTURES_ORDER_PRICE_OUTSIDE_LIQUIDATION_PRICE: 101,
  ORDER_LIQUIDATION: 1003,
  ORDER_ADL: 1004,
} as const;

/** operationCode of the login log. */
export const OperationCode = {
  REGISTER: 1000,
  LOGIN: 1001,
  LOGOUT: 1002,
  LOGIN_FAILED: 1003,
  BIND_EMAIL: 1004,
  CHANGE_EMAIL: 1005,
  BIND_PHONE: 1006,
  CHANGE_PHONE: 1007,
  BIND_GOOGLE: 1008,
  CHANGE_GOOGLE: 1009,
  SET_LOGIN_PASSWORD: 1010,
  CHANGE_LOGIN_PASSWORD: 1011,
  SET_TRADE_PASSWORD: 1012,
  RESET_TRADE_PASSWORD: 1013,
  REAL_NAME: 1014,
  BUY_VIP6: 1015,
  USE_DEPOSIT_CODE: 1016,
  ASK_QUESTION: 1017,
  ANSWER_QUESTION: 1018,
  ADD_BANK_CARD: 1019,
  ADD_CRYPTO_DEPOSIT_ADDRESS: 1020,
  ADD_CRYPTO_WITHDRAW_ADDRESS: 1021,
  SMS: 1022,
  MAIL: 1023,
  POINTS: 1024,
  RECOVER_PASSWORD: 1025,
  LINK_WECHAT: 1026,
  LINK_QQ: 1027,
  MIGRATE_ACCOUNT: 1028,
  AGENT_DEPOSIT: 1029,
  CANCEL_ORDER: 1030,
  REMOVE_BANK_CARD: 1031,
  BUY: 2000,
  SELL: 2001,
  RMB_DEPOSIT: 3000,
  RMB_WITHDRAW: 3001,
  ADMIN_RMB_DEPOSIT: 3002,
  CRYPTO_DEPOSIT: 3003,
  CRYPTO_WITHDRAW: 3004,
  ADMIN_CRYPTO_DEPOSIT: 3005,
  CRYPTO_WALLET_UPDATE_FAILED: 3006,
  RMB_WITHDRAW_PENDING: 3007,
  RMB_WITHDRAW_CANCELLED: 3008,
  CRYPTO_WITHDRAW_PENDING: 3009,
  CRYPTO_WITHDRAW_CANCELLED: 3010,
  FIAT_WITHDRAW: 3011,
  LOG: 9999,
} as const;

export const UserStatus = {
  NORMAL: 1,
  BLOCKED: 3,
  NOT_ACTIVATED: 4,
  DELETED: 5,
  SUSPENDED: 6,
  LOCKED: 7,
  NOT_TRADABLE: 8,
} as const;

/** State of a KYC level, and (shared by the reference) of one KYC image. */
export const KycStatus = { NOT_VERIFIED: 1, VERIFYING: 2, VERIFIED: 3, RESUBMIT: 4 } as const;

export const ImageStatus = { NONE: 1, UPLOADED: 2, ACCEPTED: 3, RESUBMIT: 4 } as const;

export const KycImageType = {
  ID_FRONT: 1,
  ID_BACK: 2,
  ID_SELFIE: 3,
  SECOND_ID: 4,
  ADDRESS_PROOF: 5,
  BANK_ACCOUNT: 6,
} as const;

/** Status of a wallet record, a transfer or a withdrawal. */
export const WalletStatus = {
  OPEN: 1,
  LOCKED: 2,
  PENDING_APPROVAL: 3,
  APPROVED: 4,
  PENDING_CS: 5,
  CANCELLED: 6,
  PENDING_CS_LOCK: 7,
  COMPLETED: 10,
  PENDING_EXPIRE: 11,
  WAITING_EXPIRE: 13,
  EXPIRED: 14,
  FAILED: 15,
  USER_CANCELLED: 16,
  PENDING: 17,
  ENGINE_CANCELLED: 18,
  TRANSFERRING: 19,
  TRANSFER_TIMEOUT: 20,
  TRANSFER_FAILED: 21,
  CONVERTING: 22,
  CONVERT_TIMEOUT: 23,
  CONVERT_FAILED: 24,
  EMAIL_CONFIRMED: 25,
} as const;

export const WalletRecordType = {
  DEPOSIT: 1,
  WITHDRAW: 2,
  BUY: 3,
  SELL: 4,
  TRANSFER_IN: 5,
  TRANSFER_OUT: 6,
  PAYMENT: 7,
} as const;

export const InOutType = { IN: 1, OUT: 2 } as const;

export const CurrencyType = { FIAT: 1, CRYPTO: 2, STABLE: 3 } as const;

/** Statuses inside a quote's `data`; they are not envelope codes. */
export const QuoteStatus = { QUOTED: 30001, DONE: 30007, EXPIRED: 30008 } as const;

/** Every enum by the name it has in the OpenAPI document. */
export const ENUMS = {
  BtseStatus,
  OperationCode,
  UserStatus,
  KycStatus,
  ImageStatus,
  KycImageType,
  WalletStatus,
  WalletRecordType,
  InOutType,
  CurrencyType,
  QuoteStatus,
} as const;

/** The values of an enum as a union of its numbers. */
export type ValueOf<E extends Readonly<Record<string, number>>> = E[keyof E];
