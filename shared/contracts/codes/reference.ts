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
  ILLEGAL_STATE: {
    code: -19,
    status: 400,
    text: text(
      '非法請求：目前狀態不允許此操作',
      '非法请求：目前状态不允许此操作',
      'The present state does not allow this.',
    ),
  },

  TOKEN_EXPIRED: {
    code: 10002,
    status: 401,
    text: text('登入已過期，請重新登入', 'token过期', 'The session has expired or is unknown. Log in again.'),
  },
  USER_NOT_FOUND: { code: 10004, status: 400, text: text('使用者不存在', '用户不存在', 'No such user.') },
  SECOND_FACTOR_REQUIRED: {
    code: 10070,
    status: 403,
    text: text('請先完成二次驗證', '二次认证失败：请先完成二次认证', 'Complete the second factor (check/2FA) first.'),
  },
} as const;
