import { text } from './text.ts';

/** The codes of the reference's wallet chapter (chapter 9 of the API), and of what reserves money once. */
export const walletCodes = {
  NO_BANK_ACCOUNT: {
    code: 3006,
    status: 400,
    text: text('沒有銀行帳戶', '没有银行账户', 'No bank account is registered.'),
  },
  RECORD_NOT_FOUND: {
    code: 3500,
    status: 400,
    text: text('查無此紀錄', '查无此记录', 'No such record.'),
  },
  CRYPTO_ALREADY_SENT: {
    code: 3516,
    status: 400,
    text: text('加密貨幣已送出', '加密货币已发送', 'The crypto asset has already been sent.'),
  },
  DEPOSIT_NOT_CANCELLABLE: {
    code: 3519,
    status: 400,
    text: text('入金無法取消', '入金无法取消', 'A deposit cannot be cancelled.'),
  },
  TOO_LATE_TO_CANCEL: {
    code: 3521,
    status: 400,
    text: text('已無法取消', '已无法取消', 'It is too late to cancel.'),
  },
  DEPOSIT_NOT_ALLOWED: {
    code: 40039,
    status: 400,
    text: text('您尚未開放入金', '您尚未开放入金', 'You may not deposit yet.'),
  },
  TRADE_NOT_ALLOWED: {
    code: 40049,
    status: 400,
    text: text('您尚未開放交易', '您尚未开放交易', 'You may not trade yet.'),
  },
  PAYMENT_NOT_ALLOWED: {
    code: -403,
    status: 403,
    text: text(
      '您尚未開放付款：帳號須為正常狀態，且通過身分驗證等級 2',
      '您尚未开放付款：账号须为正常状态，且通过身份验证等级 2',
      'You may not pay yet. The account must be in good standing and at level 2 of identity verification.',
    ),
  },
  PRICE_UNAVAILABLE: {
    code: -503,
    status: 503,
    text: text(
      '{asset} 目前沒有兩分鐘內的價格，請稍後再試',
      '{asset} 目前没有两分钟内的价格，请稍后再试',
      'There is no price of {asset} from the last two minutes. Try again later.',
    ),
  },
  BALANCE_UNAVAILABLE: {
    code: -1009,
    status: 500,
    text: text('暫時無法取得餘額', '暂时无法取得余额', 'Balances cannot be read at present.'),
  },
  UNKNOWN_CURRENCY: {
    code: -2023,
    status: 400,
    text: text('未知的幣種', '未知的币种', 'Unknown currency.'),
  },
  HISTORY_UNAVAILABLE: {
    code: -2024,
    status: 500,
    text: text('暫時無法取得歷史紀錄', '暂时无法取得历史记录', 'The history cannot be read at present.'),
  },
  NETWORK_UNAVAILABLE: {
    code: -4038,
    status: 400,
    text: text('未知或未開放的網路', '未知或未开放的网络', 'The network is unknown or switched off.'),
  },
  ADDRESS_UNAVAILABLE: {
    code: -4041,
    status: 400,
    text: text('無法取得地址', '无法取得地址', 'No address is available.'),
  },
  UNKNOWN_OPERATION: { code: -20, status: 400, text: text('未知操作', '未知操作', 'Unknown operation.') },
  INSUFFICIENT_BALANCE: {
    code: 8,
    status: 400,
    text: text('餘額不足', '余额不足', 'Insufficient balance.'),
  },
  IDEMPOTENCY_KEY_REUSED: {
    code: -409,
    status: 409,
    text: text(
      '這個 Idempotency-Key 已用於另一個請求，請為這個請求換一個',
      '这个 Idempotency-Key 已用于另一个请求，请为这个请求换一个',
      'This Idempotency-Key came with another request. Use a new one for this request.',
    ),
  },
  API_KEY_NOT_ACCEPTED: {
    code: -403,
    status: 403,
    text: text(
      'API 金鑰不可用於這個 {field}，請改用 token',
      'API 密钥不可用于这个 {field}，请改用 token',
      'API keys cannot ask for this {field}. Log in and send a token.',
    ),
  },
} as const;
