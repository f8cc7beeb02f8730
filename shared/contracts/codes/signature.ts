import { text } from './text.ts';

/** Whatever can be wrong with a signed request, one key for each thing that its sender can do about it. */
export const signatureCodes = {
  TWO_CREDENTIALS: {
    code: -2,
    status: 400,
    text: text(
      'token 標頭與 API 簽章不可同時送出，請擇一',
      'token 请求头与 API 签名不可同时发送，请选其一',
      'The request carries a token header and an API signature. Send one of them.',
    ),
  },
  SIGNATURE_HEADER_MISSING: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：缺少標頭 {header}',
      'API 签名验证失败：缺少请求头 {header}',
      'API signature refused: the header {header} is missing.',
    ),
  },
  SIGNATURE_HEADER_REPEATED: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：標頭 {header} 重複，只能送出一個',
      'API 签名验证失败：请求头 {header} 重复，只能发送一个',
      'API signature refused: the header {header} came more than once. Send it once.',
    ),
  },
  SIGNATURE_HEADER_MALFORMED: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：標頭 {header} 須符合 {form}，收到 {length} 個字元',
      'API 签名验证失败：请求头 {header} 须符合 {form}，收到 {length} 个字符',
      'API signature refused: the header {header} must be {form}; {length} characters came that are not.',
    ),
  },
  SIGNATURE_CLOCK_SKEW: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：btse-nonce 與伺服器時間 {serverTime} 相差 {difference} 毫秒，不可超過 30000 毫秒，請校正時鐘',
      'API 签名验证失败：btse-nonce 与服务器时间 {serverTime} 相差 {difference} 毫秒，不可超过 30000 毫秒，请校正时钟',
      'API signature refused: btse-nonce is {difference} ms from the server time {serverTime}; at most 30000 ms pass. Set the clock.',
    ),
  },
  API_KEY_UNKNOWN: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：API 金鑰不存在或已撤銷',
      'API 签名验证失败：API 密钥不存在或已撤销',
      'API signature refused: the API key is unknown or was revoked.',
    ),
  },
  API_KEY_EXPIRED: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：API 金鑰已過期，請重新建立',
      'API 签名验证失败：API 密钥已过期，请重新创建',
      'API signature refused: the API key has expired. Create another.',
    ),
  },
  API_KEY_DEAD: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：API 金鑰已隨帳號狀態、密碼或二次認證的變更而失效',
      'API 签名验证失败：API 密钥已随账号状态、密码或二次认证的变更而失效',
      'API signature refused: the API key ended when status, password or second factor of the account changed.',
    ),
  },
  SIGNATURE_INVALID: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：簽章不符，請以送出的路徑、btse-nonce 與原始內容計算',
      'API 签名验证失败：签名不符，请以发送的路径、btse-nonce 与原始内容计算',
      'API signature refused: it does not match. Sign the path as sent, btse-nonce and the raw body.',
    ),
  },
  SIGNATURE_NONCE_USED: {
    code: -401,
    status: 401,
    text: text(
      'API 簽章驗證失敗：這個請求已送出過，請換一個 btse-nonce 重新簽章',
      'API 签名验证失败：这个请求已发送过，请换一个 btse-nonce 重新签名',
      'API signature refused: this btse-nonce was used for the same request. Sign with another.',
    ),
  },
  API_KEY_ADDRESS_REFUSED: {
    code: -403,
    status: 403,
    text: text(
      '這個 API 金鑰不接受來自 {ip} 的請求',
      '这个 API 密钥不接受来自 {ip} 的请求',
      'This API key takes no requests from {ip}, which is not on its list of addresses.',
    ),
  },
  API_KEY_SCOPE_MISSING: {
    code: -403,
    status: 403,
    text: text(
      '這個 API 金鑰沒有 {scope} 權限',
      '这个 API 密钥没有 {scope} 权限',
      'This API key lacks the scope {scope}.',
    ),
  },
} as const;
