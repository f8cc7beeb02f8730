import type { RouteId } from './measured.ts';

/**
 * What a month of one active user is made of: a model, not a measurement. A user logs in every other day, looks at balance
 * and history, trades some, sends something twice. One in ten is new each month and passes KYC. What is not listed is
 * asked so seldom that it does not show.
 */
export const REQUESTS_PER_USER: Readonly<Partial<Record<RouteId, string>>> = {
  'service.time': '20',
  'landing.all-tickers': '300',
  'auth.login': '15',
  'account.check-2fa': '12',
  'account.user': '60',
  'account.login-status': '60',
  'wallet.balance': '120',
  'wallet.history-list': '40',
  'capital.wallet-operation': '22',
  'capital.transfer-confirm': '2',
  'auth.logout': '6',
  'account.login-log': '1',
  'kyc.status': '3',
  'auth.captcha-image': '0.15',
  'auth.register': '0.1',
  'auth.verify': '0.1',
  'auth.apply-verification-code': '0.25',
  'account.apply-authenticator': '0.1',
  'account.bind-authenticator': '0.1',
  'kyc.basic-data': '0.1',
  'kyc.verify-basic-data': '0.1',
  'kyc.image': '0.6',
  'kyc.apply-level-2': '0.1',
};

/** Beside requests, each month and active user: how many, or how many GB that add up over the first year. */
export const PER_USER = {
  /** Codes, notices of transfers and of changed credentials. */
  mails: '4.5',
  /** A phone proved at level 1, with one in five asked for twice. */
  texts: '0.12',
  /** 15 KB of tables: account, sessions, a year of entries and history. */
  tableGb: '0.000015',
  /** Five documents of 800 KB for one in two users. */
  documentGb: '0.002',
} as const;

/** How many times the average the busiest minute of a day is; a day on which prices fall is worse. */
export const PEAK = 5;

/** Populations that totals are printed for. */
export const POPULATIONS = [10_000, 1_000_000] as const;
