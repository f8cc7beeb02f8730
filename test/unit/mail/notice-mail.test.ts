import { describe, expect, it } from '@jest/globals';
import { LOCALES } from '../../../shared/contracts/locale.ts';
import { noticeMail } from '../../../shared/mail/notice-mail.ts';
import {
  hasFreezeLink,
  type Message,
  NOTICE_KINDS,
  type Notice,
  noticeSchema,
  type RejectedImage,
} from '../../../shared/mail/notices.ts';

type Worded = Exclude<Message, { kind: 'verification' }>;

const AT = Date.UTC(2026, 0, 1, 0, 5);
const HELD = { at: AT, holdUntil: AT + 86_400_000 };
const URL = 'https://api.example.com/v1/user/freeze?code=a-b_c&x=1';

const REJECTED: RejectedImage[] = [
  { type: 1, reason: 'Too dark & <b>blurred</b>' },
  { type: 5, reason: 'Older than 3 months' },
];

const TRANSFER = { at: AT, transferId: 3019, amount: '12.5', asset: 'USDT' };
const CONFIRM_URL = 'https://api.example.com/v1/validate/emailtransfer?code=3019-a_b';

const MESSAGES: readonly Worded[] = [
  { kind: 'new-sign-in', facts: { browser: 'Firefox <1>', os: 'macOS 15', ip: '192.0.2.7', at: AT } },
  { kind: 'password-changed', facts: HELD },
  { kind: 'password-reset', facts: HELD },
  { kind: 'factor-bound', facts: { at: AT } },
  { kind: 'factor-unbound', facts: HELD },
  { kind: 'factor-reset', facts: HELD },
  { kind: 'recovery-code-used', facts: { at: AT, left: 3 } },
  {
    kind: 'api-key-made',
    facts: { at: AT, label: 'My <bot>', scopes: ['read', 'pay'], expiresAt: AT + 2 * 86_400_000 },
  },
  { kind: 'account-locked', facts: { at: AT } },
  { kind: 'kyc-approved', facts: { at: AT, level: 2 } },
  { kind: 'kyc-rejected', facts: { at: AT, level: 2, reason: 'See below.', images: REJECTED } },
  { kind: 'transfer-requested', facts: { ...TRANSFER, receiver: 'bob', expiresAt: AT + 1_800_000 } },
  { kind: 'transfer-received', facts: { ...TRANSFER, sender: 'bob' } },
  { kind: 'transfer-expired', facts: { ...TRANSFER, receiver: 'bob' } },
  { kind: 'deposit-received', facts: { at: AT, amount: '12.5', asset: 'USDT' } },
];

const CASES = LOCALES.flatMap((locale) => MESSAGES.map((message) => ({ locale, ...message })));

const TIMES = {
  'zh-TW': ['2026年1月1日 08:05（台北時間，UTC+8）', '2026年1月2日 08:05（台北時間，UTC+8）'],
  'zh-CN': ['2026年1月1日 08:05（台北时间，UTC+8）', '2026年1月2日 08:05（台北时间，UTC+8）'],
  en: ['1 January 2026, 08:05 (Taipei time, UTC+8)', '2 January 2026, 08:05 (Taipei time, UTC+8)'],
} as const;

const noticeOf = (message: (typeof CASES)[number]) =>
  ({ userId: 'u', username: 'ann', to: 'ann@example.com', ...message }) satisfies Notice;

describe('the notices', () => {
  it('are all worded here, but the one that has a mail of its own', () => {
    expect([...MESSAGES.map(({ kind }) => kind), 'verification'].sort()).toEqual([...NOTICE_KINDS].sort());
  });

  it.each(CASES)('$kind in $locale names person and time, and the end of a hold', (message) => {
    const mail = noticeMail(noticeOf(message), {});
    const [at, end] = TIMES[message.locale];
    expect(mail.to).toBe('ann@example.com');
    expect(mail.text).toContain('ann');
    expect(mail.text).toContain(at);
    expect(mail.text.includes(end)).toBe('holdUntil' in message.facts);
    expect(mail.html).toContain(`lang="${message.locale}"`);
    expect(mail.html).not.toMatch(/https?:|src=|url\(|undefined/);
  });

  it.each(CASES)('$kind in $locale carries the link in both forms, said to last seven days', (message) => {
    const mail = noticeMail(noticeOf(message), { freeze: URL });
    expect(mail.text).toContain(`\n${URL}\n`);
    expect(mail.text).toMatch(/\b7\b|7 天/);
    expect(mail.html.match(/https?:[^"]*/g)).toEqual(['https://api.example.com/v1/user/freeze?code=a-b_c&amp;x=1']);
  });

  it('differ in every language and kind', () => {
    const subjects = CASES.map((message) => noticeMail(noticeOf(message), {}).subject);
    expect(new Set(subjects).size).toBe(CASES.length);
  });

  it('tell of a sign-in where it came from, as text that is no markup', () => {
    const signIn = CASES.find(({ kind }) => kind === 'new-sign-in');
    const mail = signIn && noticeMail(noticeOf(signIn), {});
    for (const said of ['Firefox <1>', 'macOS 15', '192.0.2.7']) expect(mail?.text).toContain(said);
    expect(mail?.html).toContain('Firefox &lt;1&gt;');
  });

  it.each(LOCALES)('in %s tell of a key what it may do, as text that is no markup', (locale) => {
    const message = CASES.find((one) => one.kind === 'api-key-made' && one.locale === locale);
    const mail = message && noticeMail(noticeOf(message), {});
    expect(mail?.text).toContain('My <bot>');
    expect(mail?.html).toContain('My &lt;bot&gt;');
    expect(mail?.text).toMatch(/reading, paying|讀取、付款|读取、付款/);
    expect(mail?.text).not.toMatch(/trading|交易/);
  });

  it('count recovery codes as people do', () => {
    const said = [0, 1, 2].map((left) => {
      const notice = { kind: 'recovery-code-used', facts: { at: AT, left }, locale: 'en' } as const;
      return noticeMail(noticeOf(notice), {}).text;
    });
    expect(said[0]).toContain('last recovery code');
    expect(said[1]).toContain('one recovery code left');
    expect(said[2]).toContain('2 recovery codes left');
  });

  it.each(LOCALES)('in %s name each rejected image and the reason of staff, as text that is no markup', (locale) => {
    const facts = { at: AT, level: 2 as const, reason: 'See below.', images: REJECTED };
    const mail = noticeMail(noticeOf({ kind: 'kyc-rejected', facts, locale }), {});
    expect(mail.text).toMatch(/: Too dark & <b>blurred<\/b>\n|：Too dark & <b>blurred<\/b>\n/);
    expect(mail.text).toContain('Older than 3 months');
    expect(mail.text).not.toContain('See below.');
    expect(mail.html).toContain('Too dark &amp; &lt;b&gt;blurred&lt;/b&gt;<br>');
    expect(mail.html).not.toContain('<b>');
  });

  it.each(LOCALES)('in %s tell why level 1 was reopened', (locale) => {
    const facts = { at: AT, level: 1 as const, reason: 'The name is <misspelt>.', images: [] };
    const mail = noticeMail(noticeOf({ kind: 'kyc-rejected', facts, locale }), {});
    expect(mail.text).toContain('The name is <misspelt>.');
    expect(mail.html).toContain('The name is &lt;misspelt&gt;.');
  });

  it('say of each level what it opens', () => {
    const said = ([1, 2, 3] as const).flatMap((level) =>
      LOCALES.map((locale) => {
        const mail = noticeMail(noticeOf({ kind: 'kyc-approved', facts: { at: AT, level }, locale }), {});
        return `${mail.subject} ${mail.text}`;
      }),
    );
    expect(new Set(said).size).toBe(9);
  });

  const transfers = CASES.filter(({ kind }) => kind.startsWith('transfer-'));

  it.each(transfers)('$kind in $locale says how much, and to or from whom', (message) => {
    const mail = noticeMail(noticeOf(message), {});
    expect(mail.subject).toContain('12.5 USDT');
    for (const said of ['12.5 USDT', 'bob']) expect(mail.text).toContain(said);
  });

  it.each(LOCALES)('in %s ask to confirm a transfer by a link of its own, with its deadline', (locale) => {
    const message = CASES.find((one) => one.kind === 'transfer-requested' && one.locale === locale);
    const mail = message && noticeMail(noticeOf(message), { freeze: URL, action: CONFIRM_URL });
    expect(mail?.text).toContain('08:35');
    expect(mail?.html.match(/https?:[^"]*/g)).toEqual([CONFIRM_URL, URL.replace('&', '&amp;')]);
    expect(mail?.text.indexOf(CONFIRM_URL)).toBeLessThan(mail?.text.indexOf(URL) ?? 0);
  });

  it('have the link unless the mail is about a code, a locked account, what staff decided or money that is there', () => {
    const without = ['verification', 'account-locked', 'kyc-approved', 'kyc-rejected'];
    const told = ['transfer-received', 'transfer-expired', 'deposit-received'];
    expect(NOTICE_KINDS.filter((kind) => !hasFreezeLink(kind))).toEqual([...without, ...told]);
  });
});

describe('a kept notice', () => {
  it.each(CASES)('$kind in $locale is read back as it was', (message) => {
    expect(noticeSchema.parse({ ...noticeOf(message), pk: 'OUTBOX#1', attempts: 0 })).toEqual(noticeOf(message));
  });

  it.each([{ kind: 'unheard-of' }, { locale: 'fr' }, { facts: {} }, { to: undefined }])(
    'is refused with %j',
    (change) => {
      const [notice] = CASES.map(noticeOf);
      expect(noticeSchema.safeParse({ ...notice, ...change }).success).toBe(false);
    },
  );
});
