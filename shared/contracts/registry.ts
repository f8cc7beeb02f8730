import type { EndpointSpec } from './endpoint.ts';
import { apiKeys } from './endpoints/account/api-keys.ts';
import { createApiKey } from './endpoints/account/create-api-key.ts';
import { deleteApiKey } from './endpoints/account/delete-api-key.ts';
import { bankAccounts } from './endpoints/account/bank-accounts.ts';
import { vipInfo } from './endpoints/account/vip-info.ts';
import { forgetPassword } from './endpoints/account/forget-password.ts';
import { changePassword } from './endpoints/account/change-password.ts';
import { applyAuthenticator } from './endpoints/account/apply-authenticator.ts';
import { bindAuthenticator } from './endpoints/account/bind-authenticator.ts';
import { unbindAuthenticator } from './endpoints/account/unbind-authenticator.ts';
import { reauthenticate } from './endpoints/account/reauthenticate.ts';
import { check2fa } from './endpoints/account/check-2fa.ts';
import { recoveryCodes } from './endpoints/account/recovery-codes.ts';
import { freezePage } from './endpoints/account/freeze-page.ts';
import { freeze } from './endpoints/account/freeze.ts';
import { endSessions } from './endpoints/account/end-sessions.ts';
import { loginLog } from './endpoints/account/login-log.ts';
import { loginStatus } from './endpoints/account/login-status.ts';
import { sessions } from './endpoints/account/sessions.ts';
import { user } from './endpoints/account/user.ts';
import { applyVerificationCode } from './endpoints/auth/apply-verification-code.ts';
import { captchaImage } from './endpoints/auth/captcha-image.ts';
import { login } from './endpoints/auth/login.ts';
import { logout } from './endpoints/auth/logout.ts';
import { register } from './endpoints/auth/register.ts';
import { verify } from './endpoints/auth/verify.ts';
import { transferCancel } from './endpoints/capital/transfer-cancel.ts';
import { transferConfirm } from './endpoints/capital/transfer-confirm.ts';
import { transferEmailConfirm } from './endpoints/capital/transfer-email-confirm.ts';
import { transferResend } from './endpoints/capital/transfer-resend.ts';
import { walletOperation } from './endpoints/capital/wallet-operation.ts';
import { bankBranches } from './endpoints/finance/bank-branches.ts';
import { bankCodes } from './endpoints/finance/bank-codes.ts';
import { applyLevel2 } from './endpoints/kyc/apply-level-2.ts';
import { applyLevel3 } from './endpoints/kyc/apply-level-3.ts';
import { basicData } from './endpoints/kyc/basic-data.ts';
import { checkMobile } from './endpoints/kyc/check-mobile.ts';
import { imageComplete } from './endpoints/kyc/image-complete.ts';
import { imageUploadUrl } from './endpoints/kyc/image-upload-url.ts';
import { image } from './endpoints/kyc/image.ts';
import { status } from './endpoints/kyc/status.ts';
import { verifyBasicData } from './endpoints/kyc/verify-basic-data.ts';
import { allTickers } from './endpoints/landing/all-tickers.ts';
import { balance } from './endpoints/wallet/balance.ts';
import { cryptoList } from './endpoints/wallet/crypto-list.ts';
import { cryptoPaymentway } from './endpoints/wallet/crypto-paymentway.ts';
import { historyList } from './endpoints/wallet/history-list.ts';
import { health } from './endpoints/service/health.ts';
import { openapi } from './endpoints/service/openapi.ts';
import { time } from './endpoints/service/time.ts';

/** Every endpoint of the public API, in the order of the specification. */
export const ENDPOINTS = [
  captchaImage,
  register,
  login,
  applyVerificationCode,
  verify,
  logout,
  loginStatus,
  user,
  vipInfo,
  bankAccounts,
  forgetPassword,
  changePassword,
  applyAuthenticator,
  bindAuthenticator,
  unbindAuthenticator,
  reauthenticate,
  check2fa,
  loginLog,
  basicData,
  checkMobile,
  verifyBasicData,
  image,
  applyLevel2,
  applyLevel3,
  status,
  allTickers,
  walletOperation,
  transferCancel,
  transferResend,
  transferConfirm,
  transferEmailConfirm,
  cryptoList,
  cryptoPaymentway,
  balance,
  historyList,
  bankCodes,
  bankBranches,
  time,
  health,
  openapi,
  createApiKey,
  apiKeys,
  deleteApiKey,
  recoveryCodes,
  sessions,
  endSessions,
  imageUploadUrl,
  imageComplete,
  freezePage,
  freeze,
] as const satisfies readonly EndpointSpec[];

/** The one function that answers unknown routes, wrong methods and CORS preflights. */
export const FALLBACK_FUNCTION = { id: 'gateway.fallback' } as const;

/** The domain of an endpoint or function id: its folder and its stack. */
export const domainOf = (id: string): string => id.slice(0, id.indexOf('.'));
