import { type Facts, FREEZE_LINK_DAYS, type RejectedImage } from './notices.ts';
import { timeInEnglish as time } from './times.ts';
import type { Said, Wording } from './wording.ts';

const held = (until: number): string =>
  `To protect your assets, transfers, withdrawals and new API keys are on hold until ${time(until)}. They resume by themselves.`;

const codesLeft = (left: number): string => {
  if (left === 0) return 'That was your last recovery code. Please log in and make new ones.';
  const count = left === 1 ? 'one recovery code' : `${left} recovery codes`;
  return `That code no longer works; you have ${count} left. If that is too few, log in and make new ones.`;
};

const IMAGES: Readonly<Record<RejectedImage['type'], string>> = {
  1: 'ID card or ARC, front',
  2: 'ID card or ARC, back',
  3: 'Photo of you with your ID card or ARC',
  4: 'Second identity document',
  5: 'Proof of address',
  6: 'Bank account document',
};

const OPENS: Readonly<Record<Facts['kyc-approved']['level'], string>> = {
  1: 'You can go on with the next level.',
  2: 'You can buy, sell and transfer now.',
  3: 'Your bank account has been accepted; you can deposit and withdraw New Taiwan dollars now.',
};

const SCOPES: Readonly<Record<Facts['api-key-made']['scopes'][number], string>> = {
  read: 'reading',
  trade: 'trading',
  pay: 'paying',
};

const said: Said = {
  'new-sign-in': ({ at, browser, os, ip }) => ({
    subject: 'New sign-in to your account',
    paragraphs: ['Somebody signed in to your account from a browser that we have not seen there before:'],
    details: [`Time: ${time(at)}`, `Browser: ${browser}`, `Operating system: ${os}`, `IP address: ${ip}`],
  }),
  'password-changed': ({ at, holdUntil }) => ({
    subject: 'Your password was changed',
    paragraphs: [`Your password was changed on ${time(at)}. Your other devices have been signed out.`, held(holdUntil)],
  }),
  'password-reset': ({ at, holdUntil }) => ({
    subject: 'Your password was reset',
    paragraphs: [
      `Your password was reset with a mailed code on ${time(at)}. All devices have been signed out, and your API keys no longer work.`,
      held(holdUntil),
    ],
  }),
  'factor-bound': ({ at }) => ({
    subject: 'Two-step verification is on',
    paragraphs: [
      `An authenticator was added to your account on ${time(at)}. From now on, signing in takes your password and the six digits that it shows.`,
    ],
  }),
  'factor-unbound': ({ at, holdUntil }) => ({
    subject: 'Two-step verification is off',
    paragraphs: [
      `The authenticator was removed from your account on ${time(at)}. Signing in now takes your password alone; we suggest that you add one again soon. Your API keys no longer work.`,
      held(holdUntil),
    ],
  }),
  'factor-reset': ({ at, holdUntil }) => ({
    subject: 'Our staff reset your two-step verification',
    paragraphs: [
      `Our staff reset the two-step verification of your account on ${time(at)}. Your authenticator, your recovery codes and your API keys no longer work. Please log in and add an authenticator again.`,
      held(holdUntil),
    ],
  }),
  'recovery-code-used': ({ at, left }) => ({
    subject: 'A recovery code was used',
    paragraphs: [
      `A recovery code was used to pass the two-step verification of your account on ${time(at)}.`,
      codesLeft(left),
    ],
  }),
  'api-key-made': ({ at, label, scopes, expiresAt }) => ({
    subject: 'An API key was made for your account',
    paragraphs: ['An API key was made for your account. Programs that have it can act for you:'],
    details: [
      `Name: ${label}`,
      `For: ${scopes.map((scope) => SCOPES[scope]).join(', ')}`,
      `Made: ${time(at)}`,
      `Valid until: ${time(expiresAt)}`,
    ],
  }),
  'account-locked': ({ at }) => ({
    subject: 'Your account is locked',
    paragraphs: [
      `Your account was locked on ${time(at)}. All devices have been signed out, and your API keys no longer work. While it is locked, nobody can sign in.`,
      'To use it again, please contact our support. We will make sure that it is you, and then unlock it.',
    ],
  }),
  'deposit-received': ({ at, amount, asset }) => ({
    subject: `You received a deposit of ${amount} ${asset}`,
    paragraphs: [`${amount} ${asset} were credited to your account on ${time(at)}. You can use them now.`],
  }),
  'kyc-approved': ({ at, level }) => ({
    subject: `Identity verification: level ${level} approved`,
    paragraphs: [`Level ${level} of your identity verification was approved on ${time(at)}. ${OPENS[level]}`],
  }),
  'kyc-rejected': ({ at, level, reason, images }) => ({
    subject: `Identity verification: level ${level} needs something from you`,
    paragraphs: [
      images.length > 0
        ? `Our staff went through level ${level} of your identity verification on ${time(at)}. Please send these again, the others need not be sent:`
        : `Our staff reopened level ${level} of your identity verification on ${time(at)}, so that you can fill in your data again:`,
      'Log in and go to identity verification to do so.',
    ],
    details: images.length > 0 ? images.map((one) => `${IMAGES[one.type]}: ${one.reason}`) : [`Reason: ${reason}`],
  }),
  'transfer-requested': ({ at, amount, asset, receiver, expiresAt }) => ({
    subject: `Confirm your transfer of ${amount} ${asset}`,
    paragraphs: ['You asked us to send money to another user:'],
    details: [
      `Amount: ${amount} ${asset}`,
      `To: ${receiver}`,
      `Asked for: ${time(at)}`,
      `Confirm by: ${time(expiresAt)}`,
    ],
    action: {
      hint: 'Open this link where you are logged in, and confirm once more on the page that it leads to. What is not confirmed in time is cancelled, and the money is yours to use again.',
      label: 'Go on with this transfer',
    },
    notMeHint: `If you did not ask for this, leave the link above alone and open this one: we will lock your account and sign out all devices at once. The link is valid for ${FREEZE_LINK_DAYS} days.`,
  }),
  'transfer-received': ({ at, amount, asset, sender }) => ({
    subject: `You received ${amount} ${asset}`,
    paragraphs: ['Another user sent you money, and it is in your account:'],
    details: [`Amount: ${amount} ${asset}`, `From: ${sender}`, `Time: ${time(at)}`],
  }),
  'transfer-expired': ({ at, amount, asset, receiver }) => ({
    subject: `Your transfer of ${amount} ${asset} was not confirmed`,
    paragraphs: [
      'This transfer was not confirmed in time, so it was cancelled. The money is yours to use again:',
      'If you still want to send it, please make a new transfer.',
    ],
    details: [`Amount: ${amount} ${asset}`, `To: ${receiver}`, `Cancelled: ${time(at)}`],
  }),
};

/** Mails in English. */
export const ENGLISH: Wording = {
  greeting: (username) => `Hello ${username},`,
  said,
  notMe: {
    hint: `If this was you, there is nothing to do. If it was not, open this link and confirm: we will lock your account and sign out all devices at once. The link is valid for ${FREEZE_LINK_DAYS} days.`,
    label: 'This was not me, lock my account',
  },
  footer: 'This e-mail was sent automatically; please do not reply. Our staff never ask for your password or codes.',
};
