import { text } from './text.ts';

/** Codes for mobile numbers and for what is texted to them. The Simplified texts are the reference's own where it has them. */
export const phoneCodes = {
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
  TEXTS_TO_NUMBER: {
    code: -429,
    status: 429,
    text: text(
      '同一手機號碼一天最多發送 {most} 則簡訊，請於 {seconds} 秒後再試',
      '同一手机号码一天最多发送 {most} 条短信，请于 {seconds} 秒后再试',
      'No more than {most} text messages a day go to one number. Try again in {seconds} s.',
    ),
  },
  TEXTS_FROM_ADDRESS: {
    code: -429,
    status: 429,
    text: text(
      '您的網路位址今天要求的簡訊已達 {most} 則，請於 {seconds} 秒後再試，或改用其他網路',
      '您的网络地址今天要求的短信已达 {most} 条，请于 {seconds} 秒后再试，或改用其他网络',
      'Your network address has asked for {most} text messages today. Try again in {seconds} s, or from another network.',
    ),
  },
  TEXTS_EXHAUSTED: {
    code: -429,
    status: 429,
    text: text(
      '今天已無法再發送簡訊，請於 {seconds} 秒後再試',
      '今天已无法再发送短信，请于 {seconds} 秒后再试',
      'No more text messages can be sent today. Try again in {seconds} s.',
    ),
  },
} as const;
