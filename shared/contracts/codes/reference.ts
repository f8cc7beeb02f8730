import { text } from './text.ts';

/** Codes of the reference for accounts and requests as a whole. The Simplified texts are the reference's own. */
export const referenceCodes = {
  SUCCESS: { code: 1, status: 200, text: text('成功', '成功', 'Success') },
  UPDATE_FAILED: {
    code: -1,
    status: 400,
    text: text(
      '更新失敗：資料在寫入時已被變更，請重新讀取後再試',
      '更新失败：数据在写入时已被变更，请重新读取后再试',
      'The record changed while it was being written. Read it again and retry.',
    ),
  },
  INVALID_PARAMETER: {
    code: -2,
    status: 400,
    text: text('參數 {field} 無效：{reason}', '参数 {field} 无效：{reason}', 'Parameter {field} is invalid: {reason}'),
  },
  INVALID_JSON: {
    code: -2,
    status: 400,
    text: text(
      '請求內容不是有效的 JSON 物件',
      '请求内容不是有效的 JSON 对象',
      'The request body is not a valid JSON object.',
    ),
  },
  INVALID_FILE: { code: -2, status: 400, text: text('Invalid file.', 'Invalid file.', 'Invalid file.') },
  INVALID_TYPE: { code: -2, status: 400, text: text('Invalid type.', 'Invalid type.', 'Invalid type.') },
  INVALID_FORM: {
    code: -2,
    status: 400,
    text: text(
      '無法讀取表單：請以 multipart/form-data 傳送，每個欄位一次',
      '无法读取表单：请以 multipart/form-data 发送，每个字段一次',
      'The form cannot be read. Send multipart/form-data with each field once.',
    ),
  },
  ILLEGAL_STATE: {
    code: -19,
    status: 400,
    text: text(
      '非法請求：目前狀態不允許此操作',
      '非法请求：目前状态不允许此操作',
      'The present state does not allow this.',
    ),
  },
  UNKNOWN_OPERATION: { code: -20, status: 400, text: text('未知操作', '未知操作', 'Unknown operation.') },
  INSUFFICIENT_BALANCE: {
    code: 8,
    status: 400,
    text: text('餘額不足', '余额不足', 'Insufficient balance.'),
  },

  TOKEN_EXPIRED: {
    code: 10002,
    status: 401,
    text: text('登入已過期，請重新登入', 'token过期', 'The session has expired or is unknown. Log in again.'),
  },
  USER_NOT_FOUND: { code: 10004, status: 400, text: text('使用者不存在', '用户不存在', 'No such user.') },
  TWO_FACTOR_NOT_BOUND: {
    code: 10011,
    status: 400,
    text: text('您尚未設定 Google 驗證', '您没有设置谷歌', 'No authenticator is set up.'),
  },
  PHONE_TAKEN: {
    code: 10012,
    status: 400,
    text: text('手機號碼已存在', '手机号已存在', 'This mobile number is already in use.'),
  },
  PHONE_INVALID: {
    code: 10017,
    status: 400,
    text: text('請填寫真實手機號碼', '请填写真实手机号', 'Enter a real mobile number.'),
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
  SECOND_FACTOR_REQUIRED: {
    code: 10070,
    status: 403,
    text: text('請先完成二次驗證', '二次认证失败：请先完成二次认证', 'Complete the second factor (check/2FA) first.'),
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
