import { text } from './text.ts';

/** Why no API key is made, spread into the catalogue. */
export const apiKeyCodes = {
  API_KEYS_NOT_ALLOWED: {
    code: -403,
    status: 403,
    text: text(
      '帳號須為正常狀態才能建立 API 金鑰',
      '账号须为正常状态才能创建 API 密钥',
      'Only an account in good standing can have API keys.',
    ),
  },
  API_KEYS_HELD: {
    code: -403,
    status: 403,
    text: text(
      '密碼或兩步驟驗證剛變更，為保護您的資產，{until} 前無法建立 API 金鑰',
      '密码或两步验证刚变更，为保护您的资产，{until} 前无法创建 API 密钥',
      'Password or two-step verification changed recently. To protect your assets, no API key can be made until {until}.',
    ),
  },
  TOO_MANY_API_KEYS: {
    code: -19,
    status: 400,
    text: text(
      '非法請求：API 金鑰最多 {most} 個，請先刪除不用的金鑰',
      '非法请求：API 密钥最多 {most} 个，请先删除不用的密钥',
      'You have {most} API keys, which is the most. Delete one that you do not use first.',
    ),
  },
} as const;
