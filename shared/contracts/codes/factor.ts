import { text } from './text.ts';

/** Codes of the reference for second factors. The Simplified texts are the reference's own where it has them. */
export const factorCodes = {
  TWO_FACTOR_NOT_BOUND: {
    code: 10011,
    status: 400,
    text: text('您尚未設定 Google 驗證', '您没有设置谷歌', 'No authenticator is set up.'),
  },
  TWO_FACTOR_LOCKED: {
    code: 10026,
    status: 400,
    text: text(
      'Google 驗證碼錯誤多次，請 2 小時後再試',
      '谷歌验证码错误多次,请2小时后再试',
      'Too many wrong authenticator codes. Try again in 2 hours.',
    ),
  },
  TWO_FACTOR_WRONG: {
    code: 10027,
    status: 400,
    text: text('Google 驗證碼錯誤', '谷歌验证码错误', 'Wrong authenticator code.'),
  },
  SECOND_FACTOR_WRONG: {
    code: 10070,
    status: 400,
    text: text('二次驗證失敗', '二次认证失败', 'The second factor is wrong.'),
  },
  REAUTHENTICATION_REQUIRED: {
    code: 10070,
    status: 403,
    text: text(
      '請先重新輸入驗證碼（reauthenticate_with_credential）',
      '二次认证失败：请先重新输入验证码（reauthenticate_with_credential）',
      'Give the second factor again first (reauthenticate_with_credential).',
    ),
  },
} as const;
