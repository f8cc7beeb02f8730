import { text } from './text.ts';

/** Why money does not go from one user to another, spread into the catalogue. */
export const transferCodes = {
  TRANSFER_NOT_ALLOWED: {
    code: -403,
    status: 403,
    text: text(
      '您尚未開放轉帳：帳號須為正常狀態，且通過身分驗證等級 2',
      '您尚未开放转账：账号须为正常状态，且通过身份验证等级 2',
      'You may not transfer yet. The account must be in good standing and at level 2 of identity verification.',
    ),
  },
  OUTGOING_HELD: {
    code: -403,
    status: 403,
    text: text(
      '密碼或兩步驟驗證剛變更，為保護您的資產，{until} 前無法轉出',
      '密码或两步验证刚变更，为保护您的资产，{until} 前无法转出',
      'Password or two-step verification changed recently. To protect your assets, nothing can be sent until {until}.',
    ),
  },
  TRANSFER_TO_ONESELF: {
    code: -19,
    status: 400,
    text: text('非法請求：不能轉給自己', '非法请求：不能转给自己', 'You cannot send money to yourself.'),
  },
  RECEIVER_UNAVAILABLE: {
    code: -19,
    status: 400,
    text: text(
      '非法請求：對方的帳號目前無法收款',
      '非法请求：对方的账号目前无法收款',
      'The account of the receiver cannot take money at present.',
    ),
  },
  TRANSFER_LIMIT: {
    code: -19,
    status: 400,
    text: text(
      '非法請求：超過您身分驗證等級的單日轉帳限額，今日尚可轉出 {left} {asset}',
      '非法请求：超过您身份验证等级的单日转账限额，今日尚可转出 {left} {asset}',
      'This is more than the daily limit of your verification level. You can send {left} {asset} more today.',
    ),
  },
  TRANSFER_LINK_EXPIRED: {
    code: -19,
    status: 400,
    text: text(
      '這個連結已失效：已逾確認期限，或已寄出新的連結',
      '这个链接已失效：已逾确认期限，或已发出新的链接',
      'This link is over: the time to confirm has passed, or a newer link was sent.',
    ),
  },
  TRANSFER_LINK_USED: {
    code: -19,
    status: 400,
    text: text('這筆轉帳已經完成', '这笔转账已经完成', 'This transfer has been completed already.'),
  },
  RESEND_LIMIT: {
    code: -19,
    status: 400,
    text: text(
      '非法請求：這筆轉帳的確認信已重寄 {times} 次，請取消後重新轉帳',
      '非法请求：这笔转账的确认邮件已重发 {times} 次，请取消后重新转账',
      'The mail of this transfer was sent again {times} times. Cancel it and make a new one.',
    ),
  },
} as const;
