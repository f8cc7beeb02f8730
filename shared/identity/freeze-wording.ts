import type { Locale } from '../contracts/locale.ts';

interface Wording {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** The page behind "this was not me" (API 10.6), before the account is locked. */
export const FREEZE_QUESTION: Readonly<Record<Locale, Wording & { readonly button: string }>> = {
  'zh-TW': {
    title: '這不是您本人的操作嗎？',
    paragraphs: [
      '按下按鈕後，您的帳號將立即鎖定，所有裝置都會登出，任何人都無法登入或轉出資產。',
      '解除鎖定需要聯絡客服並確認您的身分。如果操作是您本人，請直接關閉此頁。',
    ],
    button: '鎖定我的帳號',
  },
  'zh-CN': {
    title: '这不是您本人的操作吗？',
    paragraphs: [
      '按下按钮后，您的账号将立即锁定，所有设备都会登出，任何人都无法登录或转出资产。',
      '解除锁定需要联系客服并确认您的身份。如果操作是您本人，请直接关闭此页。',
    ],
    button: '锁定我的账号',
  },
  en: {
    title: 'Was this not you?',
    paragraphs: [
      'The button locks your account at once: every device is logged out, and nobody can log in or move money.',
      'To unlock it, contact support, who will check your identity. If it was you, just close this page.',
    ],
    button: 'Lock my account',
  },
};

/** The page after it. */
export const FREEZE_DONE: Readonly<Record<Locale, Wording>> = {
  'zh-TW': {
    title: '帳號已鎖定',
    paragraphs: ['所有裝置都已登出。請聯絡客服以確認身分並解除鎖定。', '若您在其他網站使用相同的密碼，請一併更換。'],
  },
  'zh-CN': {
    title: '账号已锁定',
    paragraphs: ['所有设备都已登出。请联系客服以确认身份并解除锁定。', '若您在其他网站使用相同的密码，请一并更换。'],
  },
  en: {
    title: 'Your account is locked',
    paragraphs: [
      'Every device is logged out. Contact support to prove your identity and unlock it.',
      'If you use the same password elsewhere, change it there too.',
    ],
  },
};
