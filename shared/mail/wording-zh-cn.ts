import { type Facts, FREEZE_LINK_DAYS, type RejectedImage } from './notices.ts';
import { timeInSimplified as time } from './times.ts';
import type { Said, Wording } from './wording.ts';

const held = (until: number): string =>
  `为了保护您的资产，转账、提现与新建 API 密钥将暂停至 ${time(until)}，届时会自动恢复。`;

const codesLeft = (left: number): string =>
  left === 0
    ? '您的恢复码已全部用完，请登录后重新生成。'
    : `这组恢复码已失效，您还有 ${left} 组可以使用。若所剩不多，可登录后重新生成。`;

const IMAGES: Readonly<Record<RejectedImage['type'], string>> = {
  1: '身份证或居留证正面',
  2: '身份证或居留证反面',
  3: '您与身份证或居留证的合照',
  4: '第二证件',
  5: '地址证明',
  6: '银行账户资料',
};

const OPENS: Readonly<Record<Facts['kyc-approved']['level'], string>> = {
  1: '您可以继续进行下一等级的验证。',
  2: '您现在可以买卖与转账。',
  3: '您的银行账户已通过审核，现在可以存入与提取新台币。',
};

const SCOPES: Readonly<Record<Facts['api-key-made']['scopes'][number], string>> = {
  read: '读取',
  trade: '交易',
  pay: '付款',
};

const said: Said = {
  'new-sign-in': ({ at, browser, os, ip }) => ({
    subject: '您的账户有新的登录',
    paragraphs: ['我们注意到，有人从您未曾使用过的浏览器登录了您的账户：'],
    details: [`时间：${time(at)}`, `浏览器：${browser}`, `操作系统：${os}`, `IP 地址：${ip}`],
  }),
  'password-changed': ({ at, holdUntil }) => ({
    subject: '您的密码已修改',
    paragraphs: [`您的登录密码已于 ${time(at)} 修改，其他设备均已退出登录。`, held(holdUntil)],
  }),
  'password-reset': ({ at, holdUntil }) => ({
    subject: '您的密码已重置',
    paragraphs: [
      `您的登录密码已于 ${time(at)} 通过邮件验证码重置，所有设备均已退出登录，API 密钥均已失效。`,
      held(holdUntil),
    ],
  }),
  'factor-bound': ({ at }) => ({
    subject: '两步验证已开启',
    paragraphs: [`您的账户已于 ${time(at)} 绑定验证器。今后登录时，除了密码，还需要验证器上的六位验证码。`],
  }),
  'factor-unbound': ({ at, holdUntil }) => ({
    subject: '两步验证已关闭',
    paragraphs: [
      `您的账户已于 ${time(at)} 解绑验证器，今后登录只需要密码，API 密钥均已失效。建议您尽早重新绑定。`,
      held(holdUntil),
    ],
  }),
  'factor-reset': ({ at, holdUntil }) => ({
    subject: '客服人员已重置您的两步验证',
    paragraphs: [
      `客服人员已于 ${time(at)} 重置您账户的两步验证，原来的验证器、恢复码与 API 密钥均已失效。请登录后重新绑定。`,
      held(holdUntil),
    ],
  }),
  'recovery-code-used': ({ at, left }) => ({
    subject: '您的恢复码已被使用',
    paragraphs: [`有人于 ${time(at)} 使用恢复码通过了您账户的两步验证。`, codesLeft(left)],
  }),
  'api-key-made': ({ at, label, scopes, expiresAt }) => ({
    subject: '您的账户已创建新的 API 密钥',
    paragraphs: ['您的账户创建了一个 API 密钥，持有它的程序可以代您操作：'],
    details: [
      `名称：${label}`,
      `权限：${scopes.map((scope) => SCOPES[scope]).join('、')}`,
      `创建时间：${time(at)}`,
      `有效期限：${time(expiresAt)}`,
    ],
  }),
  'account-locked': ({ at }) => ({
    subject: '您的账户已锁定',
    paragraphs: [
      `您的账户已于 ${time(at)} 锁定，所有设备均已退出登录，API 密钥均已失效。锁定期间，任何人都无法登录。`,
      '如需恢复使用，请联系客服。我们会先核实您的身份，再为您解除锁定。',
    ],
  }),
  'deposit-received': ({ at, amount, asset }) => ({
    subject: `您的账户已入金 ${amount} ${asset}`,
    paragraphs: [`${amount} ${asset} 已于 ${time(at)} 存入您的账户，现在即可使用。`],
  }),
  'kyc-approved': ({ at, level }) => ({
    subject: `您的身份验证等级 ${level} 已通过`,
    paragraphs: [`您的身份验证等级 ${level} 已于 ${time(at)} 通过。${OPENS[level]}`],
  }),
  'kyc-rejected': ({ at, level, reason, images }) => ({
    subject: `您的身份验证等级 ${level} 需要补件`,
    paragraphs: [
      images.length > 0
        ? `审核人员已于 ${time(at)} 审阅您的身份验证等级 ${level}。请重新提交以下文件，其他文件无需再交：`
        : `审核人员已于 ${time(at)} 重新开放您的身份验证等级 ${level}，请重新填写资料：`,
      '请登录后前往身份验证页面办理。',
    ],
    details: images.length > 0 ? images.map((one) => `${IMAGES[one.type]}：${one.reason}`) : [`原因：${reason}`],
  }),
  'transfer-requested': ({ at, amount, asset, receiver, expiresAt }) => ({
    subject: `请确认您的转账：${amount} ${asset}`,
    paragraphs: ['您申请了以下转账：'],
    details: [
      `金额：${amount} ${asset}`,
      `收款人：${receiver}`,
      `申请时间：${time(at)}`,
      `确认期限：${time(expiresAt)}`,
    ],
    action: {
      hint: '请在已登录的设备上打开以下链接，并在打开的页面上再次确认。逾期未确认的转账会自动取消，款项将退回您的可用余额。',
      label: '继续这笔转账',
    },
    notMeHint: `如果您没有申请这笔转账，请勿打开上面的链接，并改为打开以下链接：我们会立即锁定账户并退出所有设备的登录。链接 ${FREEZE_LINK_DAYS} 天内有效。`,
  }),
  'transfer-received': ({ at, amount, asset, sender }) => ({
    subject: `您已收到转账：${amount} ${asset}`,
    paragraphs: ['有一笔转账已存入您的账户：'],
    details: [`金额：${amount} ${asset}`, `付款人：${sender}`, `时间：${time(at)}`],
  }),
  'transfer-expired': ({ at, amount, asset, receiver }) => ({
    subject: `您的转账未在期限内确认：${amount} ${asset}`,
    paragraphs: ['以下转账未在期限内确认，已经取消，款项已退回您的可用余额：', '如果仍要转出，请重新申请。'],
    details: [`金额：${amount} ${asset}`, `收款人：${receiver}`, `取消时间：${time(at)}`],
  }),
};

/** Mails in the Chinese of the mainland. */
export const SIMPLIFIED: Wording = {
  greeting: (username) => `${username}，您好：`,
  said,
  notMe: {
    hint: `如果是您本人，无需采取任何操作。如果不是，请打开以下链接并点击确认，我们会立即锁定账户并退出所有设备的登录。链接 ${FREEZE_LINK_DAYS} 天内有效。`,
    label: '不是我本人，锁定账户',
  },
  footer: '这封邮件由系统自动发送，请勿直接回复。我们的人员绝不会向您索取密码或验证码。',
};
