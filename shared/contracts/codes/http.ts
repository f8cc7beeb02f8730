import { text } from './text.ts';

/** Codes that the reference lacks: minus the HTTP status, one key for each thing a person can do about it. */
export const httpCodes = {
  FORBIDDEN: { code: -403, status: 403, text: text('沒有權限', '没有权限', 'Forbidden.') },
  CROSS_SITE_REQUEST: {
    code: -403,
    status: 403,
    text: text(
      '拒絕跨站請求：請從允許的網域送出，或改用 token 標頭',
      '拒绝跨站请求：请从允许的域名发送，或改用 token 请求头',
      'Cross-site request refused. Send it from an allowed origin or use the token header.',
    ),
  },
  ACCOUNT_NOT_ACTIVATED: {
    code: -403,
    status: 403,
    text: text(
      '帳號尚未驗證，請先完成信箱驗證',
      '账号尚未验证，请先完成邮箱验证',
      'The account is not activated. Verify the e-mail address first.',
    ),
  },
  NOT_FOUND: { code: -404, status: 404, text: text('找不到資源', '找不到资源', 'Not found.') },
  TIMEOUT: {
    code: -408,
    status: 408,
    text: text(
      '伺服器未能及時完成請求，請稍後再試',
      '服务器未能及时完成请求，请稍后再试',
      'The server did not finish in time. Try again later.',
    ),
  },
  CONFLICT: { code: -409, status: 409, text: text('請求衝突', '请求冲突', 'Conflict.') },
  UNSUPPORTED_MEDIA_TYPE: {
    code: -415,
    status: 415,
    text: text('不支援的 Content-Type', '不支持的 Content-Type', 'Unsupported Content-Type.'),
  },
  RATE_LIMITED: {
    code: -429,
    status: 429,
    text: text(
      '請求過於頻繁，請於 {seconds} 秒後再試',
      '请求过于频繁，请于 {seconds} 秒后再试',
      'Too many requests. Try again in {seconds} s.',
    ),
  },
  INTERNAL_ERROR: {
    code: -500,
    status: 500,
    text: text('伺服器內部錯誤，請稍後再試', '服务器内部错误，请稍后再试', 'Internal server error. Try again later.'),
  },
  MAINTENANCE: {
    code: -503,
    status: 503,
    text: text('系統維護中，請稍後再試', '系统维护中，请稍后再试', 'Under maintenance. Try again later.'),
  },
  SERVICE_UNAVAILABLE: {
    code: -503,
    status: 503,
    text: text(
      '服務暫時無法使用，請稍後再試',
      '服务暂时无法使用，请稍后再试',
      'The service is temporarily unavailable. Try again later.',
    ),
  },
} as const;
