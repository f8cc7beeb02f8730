import { text } from './text.ts';

/** Codes of the reference's KYC chapter, spread into the catalogue. The Simplified texts are the reference's own where it has them. */
export const kycCodes = {
  // The reference's own words, in every language.
  IMAGE_MISSING: { code: -2, status: 400, text: text('Missing image.', 'Missing image.', 'Missing image.') },
  BANK_ACCOUNT_MISSING: {
    code: -2,
    status: 400,
    text: text('Missing bank account.', 'Missing bank account.', 'Missing bank account.'),
  },
  TEXT_CODE_WRONG: {
    code: 10027,
    status: 400,
    text: text(
      '簡訊驗證碼錯誤、已使用或已過期，請重新取得',
      '短信验证码错误、已使用或已过期，请重新获取',
      'The texted code is wrong, used or expired, or was sent to another number. Ask for a new one.',
    ),
  },
  IDENTITY_TAKEN: {
    code: 10031,
    status: 400,
    text: text(
      '身分證字號已完成實名驗證，不能重複驗證',
      '身份证号码已被实名验证,不能重复验证',
      'This identity number has already been verified for another user.',
    ),
  },
  KYC_UNDER_REVIEW: {
    code: 5601,
    status: 400,
    text: text('實名資訊已提交，請等待審核', '实名信息已提交,请等待审核', 'Your documents are under review.'),
  },
  KYC_COMPLETED: {
    code: 5605,
    status: 400,
    text: text('使用者已完成實名認證', '用户已完成实名认证', 'Identity verification is already complete.'),
  },
  KYC_STALE: {
    code: 5606,
    status: 400,
    text: text(
      'KYC 紀錄已變更，請重新讀取後再提交',
      'KYC历史记录失效',
      'The KYC record changed meanwhile. Read it again and resubmit.',
    ),
  },
  QUESTIONNAIRE_INVALID: {
    code: 5608,
    status: 400,
    text: text('問卷無效', '问卷无效', 'Invalid questionnaire'),
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
} as const;
