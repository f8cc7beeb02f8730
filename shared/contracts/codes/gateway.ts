import { text } from './text.ts';

/** What only gateways and their fallback functions answer, before any function of an endpoint. */
export const gatewayCodes = {
  BAD_REQUEST: { code: -400, status: 400, text: text('請求無效', '请求无效', 'Bad request.') },
  UNAUTHORIZED: { code: -401, status: 401, text: text('未授權', '未授权', 'Unauthorized.') },
  METHOD_NOT_ALLOWED: {
    code: -405,
    status: 405,
    text: text('此路徑只接受 {allow}', '此路径只接受 {allow}', 'This path only accepts {allow}.'),
  },
  PAYLOAD_TOO_LARGE: {
    code: -413,
    status: 413,
    text: text(
      '請求內容過大，較大的檔案請改用 /v1/kyc/image/upload_url',
      '请求内容过大，较大的文件请改用 /v1/kyc/image/upload_url',
      'The request is too large. Send larger files through /v1/kyc/image/upload_url.',
    ),
  },
  THROTTLED: {
    code: -429,
    status: 429,
    text: text('請求過於頻繁，請稍後再試', '请求过于频繁，请稍后再试', 'Too many requests. Try again later.'),
  },
} as const;
