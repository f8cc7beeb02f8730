import { type Facts, FREEZE_LINK_DAYS, type RejectedImage } from './notices.ts';
import { timeInTraditional as time } from './times.ts';
import type { Said, Wording } from './wording.ts';

const held = (until: number): string =>
  `為了保護您的資產，轉帳、提領與新增 API 金鑰將暫停至 ${time(until)}，屆時會自動恢復。`;

const codesLeft = (left: number): string =>
  left === 0
    ? '您的復原碼已全部用完，請登入後重新產生。'
    : `這組復原碼已失效，您還有 ${left} 組可以使用。若所剩不多，可登入後重新產生。`;

const IMAGES: Readonly<Record<RejectedImage['type'], string>> = {
  1: '身分證或居留證正面',
  2: '身分證或居留證反面',
  3: '您與身分證或居留證的合照',
  4: '第二證件',
  5: '地址證明',
  6: '銀行帳戶資料',
};

const OPENS: Readonly<Record<Facts['kyc-approved']['level'], string>> = {
  1: '您可以繼續進行下一等級的驗證。',
  2: '您現在可以買賣與轉帳。',
  3: '您的銀行帳戶已通過審核，現在可以存入與提領新台幣。',
};

const SCOPES: Readonly<Record<Facts['api-key-made']['scopes'][number], string>> = {
  read: '讀取',
  trade: '交易',
  pay: '付款',
};

const said: Said = {
  'new-sign-in': ({ at, browser, os, ip }) => ({
    subject: '您的帳戶有新的登入',
    paragraphs: ['我們注意到，有人從您未曾使用過的瀏覽器登入了您的帳戶：'],
    details: [`時間：${time(at)}`, `瀏覽器：${browser}`, `作業系統：${os}`, `IP 位址：${ip}`],
  }),
  'password-changed': ({ at, holdUntil }) => ({
    subject: '您的密碼已變更',
    paragraphs: [`您的登入密碼已於 ${time(at)} 變更，其他裝置均已登出。`, held(holdUntil)],
  }),
  'password-reset': ({ at, holdUntil }) => ({
    subject: '您的密碼已重設',
    paragraphs: [
      `您的登入密碼已於 ${time(at)} 以電子郵件驗證碼重設，所有裝置均已登出，API 金鑰均已失效。`,
      held(holdUntil),
    ],
  }),
  'factor-bound': ({ at }) => ({
    subject: '兩步驟驗證已開啟',
    paragraphs: [`您的帳戶已於 ${time(at)} 綁定驗證器。往後登入時，除了密碼，還需要驗證器上的六位數驗證碼。`],
  }),
  'factor-unbound': ({ at, holdUntil }) => ({
    subject: '兩步驟驗證已關閉',
    paragraphs: [
      `您的帳戶已於 ${time(at)} 解除綁定驗證器，往後登入只需要密碼，API 金鑰均已失效。建議您儘早重新綁定。`,
      held(holdUntil),
    ],
  }),
  'factor-reset': ({ at, holdUntil }) => ({
    subject: '客服人員已重設您的兩步驟驗證',
    paragraphs: [
      `客服人員已於 ${time(at)} 重設您帳戶的兩步驟驗證，原本的驗證器、復原碼與 API 金鑰均已失效。請登入後重新綁定。`,
      held(holdUntil),
    ],
  }),
  'recovery-code-used': ({ at, left }) => ({
    subject: '您的復原碼已被使用',
    paragraphs: [`有人於 ${time(at)} 使用復原碼通過了您帳戶的兩步驟驗證。`, codesLeft(left)],
  }),
  'api-key-made': ({ at, label, scopes, expiresAt }) => ({
    subject: '您的帳戶已建立新的 API 金鑰',
    paragraphs: ['您的帳戶建立了一個 API 金鑰，持有它的程式可以代您操作：'],
    details: [
      `名稱：${label}`,
      `權限：${scopes.map((scope) => SCOPES[scope]).join('、')}`,
      `建立時間：${time(at)}`,
      `有效期限：${time(expiresAt)}`,
    ],
  }),
  'account-locked': ({ at }) => ({
    subject: '您的帳戶已鎖定',
    paragraphs: [
      `您的帳戶已於 ${time(at)} 鎖定，所有裝置均已登出，API 金鑰均已失效。鎖定期間，任何人都無法登入。`,
      '若要恢復使用，請與客服聯絡。我們會先確認您的身分，再為您解除鎖定。',
    ],
  }),
  'deposit-received': ({ at, amount, asset }) => ({
    subject: `您的帳戶已入金 ${amount} ${asset}`,
    paragraphs: [`${amount} ${asset} 已於 ${time(at)} 存入您的帳戶，現在即可使用。`],
  }),
  'kyc-approved': ({ at, level }) => ({
    subject: `您的身分驗證等級 ${level} 已通過`,
    paragraphs: [`您的身分驗證等級 ${level} 已於 ${time(at)} 通過。${OPENS[level]}`],
  }),
  'kyc-rejected': ({ at, level, reason, images }) => ({
    subject: `您的身分驗證等級 ${level} 需要補件`,
    paragraphs: [
      images.length > 0
        ? `審核人員已於 ${time(at)} 審閱您的身分驗證等級 ${level}。請重新提交以下文件，其他文件無須再送：`
        : `審核人員已於 ${time(at)} 重新開放您的身分驗證等級 ${level}，請重新填寫資料：`,
      '請登入後至身分驗證頁面辦理。',
    ],
    details: images.length > 0 ? images.map((one) => `${IMAGES[one.type]}：${one.reason}`) : [`原因：${reason}`],
  }),
  'transfer-requested': ({ at, amount, asset, receiver, expiresAt }) => ({
    subject: `請確認您的轉帳：${amount} ${asset}`,
    paragraphs: ['您申請了以下轉帳：'],
    details: [
      `金額：${amount} ${asset}`,
      `收款人：${receiver}`,
      `申請時間：${time(at)}`,
      `確認期限：${time(expiresAt)}`,
    ],
    action: {
      hint: '請在已登入的裝置上開啟以下連結，並在開啟的頁面上再次確認。逾期未確認的轉帳會自動取消，款項將退回您的可用餘額。',
      label: '繼續這筆轉帳',
    },
    notMeHint: `若您沒有申請這筆轉帳，請勿開啟上面的連結，並改為開啟以下連結：我們會立即鎖定帳戶並登出所有裝置。連結 ${FREEZE_LINK_DAYS} 天內有效。`,
  }),
  'transfer-received': ({ at, amount, asset, sender }) => ({
    subject: `您已收到轉帳：${amount} ${asset}`,
    paragraphs: ['有一筆轉帳已存入您的帳戶：'],
    details: [`金額：${amount} ${asset}`, `付款人：${sender}`, `時間：${time(at)}`],
  }),
  'transfer-expired': ({ at, amount, asset, receiver }) => ({
    subject: `您的轉帳未在期限內確認：${amount} ${asset}`,
    paragraphs: ['以下轉帳未在期限內確認，已經取消，款項已退回您的可用餘額：', '若仍要轉出，請重新申請。'],
    details: [`金額：${amount} ${asset}`, `收款人：${receiver}`, `取消時間：${time(at)}`],
  }),
};

/** Mails in the Chinese of Taiwan. */
export const TRADITIONAL: Wording = {
  greeting: (username) => `${username} 您好：`,
  said,
  notMe: {
    hint: `若是您本人，無須採取任何動作。若不是，請開啟以下連結並按下確認，我們會立即鎖定帳戶並登出所有裝置。連結 ${FREEZE_LINK_DAYS} 天內有效。`,
    label: '不是我本人，鎖定帳戶',
  },
  footer: '這封郵件由系統自動寄出，請勿直接回覆。我們的人員絕不會向您索取密碼或驗證碼。',
};
