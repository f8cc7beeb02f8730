import { text } from './text.ts';

/** Codes of the reference for registering, logging in and forgotten passwords. The Simplified texts are the reference's own. */
export const credentialCodes = {
  USER_EMPTY: {
    code: 10003,
    status: 400,
    text: text('請輸入使用者名稱或信箱', '用户为空', 'Enter a username or an e-mail address.'),
  },
  WRONG_CREDENTIALS: {
    code: 10006,
    status: 400,
    text: text('使用者名稱或密碼錯誤', '用户名或密码错误', 'Wrong username or password.'),
  },
  WRONG_PASSWORD: {
    code: 10006,
    status: 400,
    text: text('舊密碼錯誤', '旧密码错误', 'Wrong old password.'),
  },
  UNKNOWN_USER_TYPE: { code: 10008, status: 400, text: text('未知使用者類型', '未知用户类型', 'Unknown user type.') },
  EMAIL_TAKEN: {
    code: 10013,
    status: 400,
    text: text('信箱已存在', '邮箱已存在', 'This e-mail address is already in use.'),
  },
  SMS_NOT_SENT: {
    code: 10018,
    status: 400,
    text: text(
      '取得簡訊驗證碼失敗，請稍候重試',
      '获取短信验证码失败,请稍候重试',
      'The text message could not be sent. Try again later.',
    ),
  },
  EMAIL_CODE_WRONG: {
    code: 10022,
    status: 400,
    text: text(
      '信箱驗證未通過，驗證碼僅 5 分鐘內有效',
      '邮箱验证未通过，链接仅5分钟有效',
      'The e-mail code is wrong, used or expired. Codes are valid for 5 minutes.',
    ),
  },
  VERIFICATION_CODE_WRONG: {
    code: 10029,
    status: 400,
    text: text('驗證碼錯誤', '验证码错误', 'Wrong verification code.'),
  },
  MAIL_NOT_SENT: {
    code: 10063,
    status: 400,
    text: text(
      '郵件發送失敗，請稍後再試',
      '邮件发送失败，请稍后再试',
      'The e-mail could not be sent. Try again later.',
    ),
  },
  CAPTCHA_WRONG: {
    code: 10083,
    status: 400,
    text: text('圖形驗證碼錯誤', '圖形验证码错误', 'The captcha is missing, wrong, used or expired.'),
  },
  USERNAME_TAKEN: {
    code: 10086,
    status: 400,
    text: text('使用者名稱或信箱已存在', '用户名或邮箱已存在', 'This username is already in use.'),
  },
  ACCOUNT_BLOCKED: {
    code: -403,
    status: 403,
    text: text(
      '帳號目前無法使用，請聯絡客服',
      '账号目前无法使用，请联系客服',
      'This account cannot be used at present. Contact support.',
    ),
  },
  LINK_INVALID: {
    code: -404,
    status: 404,
    text: text(
      '這個連結已使用或已過期，請聯絡客服',
      '这个链接已使用或已过期，请联系客服',
      'This link was used or has expired. Contact support.',
    ),
  },
} as const;
