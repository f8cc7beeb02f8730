import type { Big } from 'big.js';
import { table } from '../admin/text.ts';
import { type Bill, PARTS, totalOf } from './bill.ts';
import { billedMs, billOfMillion, monthlyBill, requestsPerSecond } from './estimate.ts';
import type { Measurement } from './measure.ts';
import type { Measured } from './measured.ts';
import { PRICED_AT, PRICED_REGION } from './prices.ts';
import { demandAt, type Quota, QUOTAS, usersAt } from './quotas.ts';
import { PEAK, POPULATIONS } from './usage.ts';

const CENTS = 2;

const MILLION = 1_000_000;

const QUOTA_USERS = [MILLION, 100 * MILLION] as const;

const dollars = (amount: Big | undefined): string => amount?.toFixed(CENTS) ?? '0.00';

const PER_REQUEST = PARTS.filter((part) => part !== 'fixed');

const partsOf = (bill: Bill, parts: readonly (typeof PARTS)[number][]): readonly string[] =>
  parts.map((part) => dollars(bill.get(part)));

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

const costRow = (measured: Measured): readonly string[] => {
  const bill = billOfMillion(measured);
  return [measured.endpoint, dollars(totalOf(bill)), ...partsOf(bill, PER_REQUEST)];
};

const takenRow = (measured: Measured): readonly string[] => {
  const { endpoint, samples, readUnits, writeUnits, calls, sequential, memoryMb, responseBytes } = measured;
  const made = Object.entries(calls).map(([kind, count]) => `${rounded(count)} ${kind}`);
  const numbers = [readUnits, writeUnits, sequential, memoryMb, billedMs(measured), responseBytes].map(rounded);
  return [endpoint, String(samples), ...numbers, made.join(', ')];
};

const populationRow = (all: readonly Measured[], users: number): readonly string[] => {
  const bill = monthlyBill(all, users);
  const rate = requestsPerSecond(users).toFixed(1);
  return [
    users.toLocaleString('en'),
    rate,
    dollars(totalOf(bill)),
    dollars(totalOf(bill).div(users)),
    ...partsOf(bill, PARTS),
  ];
};

const quotaRow = (quota: Quota, all: readonly Measured[]): readonly string[] => {
  const users = usersAt(quota, all);
  return [
    quota.name,
    quota.limit.toLocaleString('en'),
    ...QUOTA_USERS.map((count) => Number(demandAt(quota, all, count).toFixed(1)).toLocaleString('en')),
    users === undefined ? 'never' : Number(users.round(0)).toLocaleString('en'),
  ];
};

const quotaTable = (all: readonly Measured[]): string =>
  table(
    ['quota, a second or at once', 'limit', ...QUOTA_USERS.map((users) => `at ${users / MILLION} million`), 'users'],
    QUOTAS.map((quota) => quotaRow(quota, all)),
  );

/** What was measured and what it comes to, for people. */
export const report = ({ measured, missing }: Measurement): string => {
  const byName = measured.toSorted((one, other) => one.endpoint.localeCompare(other.endpoint));
  return [
    `Prices of ${PRICED_REGION} as known on ${PRICED_AT} (infra/cost/prices.ts), without free tiers, discounts and taxes.`,
    'Units, calls and bytes are measured here; milliseconds are computing as measured here and waiting as assumed',
    '(infra/cost/assumptions.ts): good to a factor of two, which shows in the column lambda alone.',
    'Fewer than three samples include the start of a container. What streams run, such as sending mails, is not in it: about a percent.',
    '',
    'What one request takes:',
    table(
      ['endpoint', 'samples', 'read units', 'write units', 'in sequence', 'MB', 'billed ms', 'bytes', 'calls'],
      byName.map(takenRow),
    ),
    '',
    'US dollars for a million requests:',
    table(['endpoint', 'total', ...PER_REQUEST], byName.map(costRow)),
    '',
    'US dollars a month, by active users (infra/cost/usage.ts):',
    table(
      ['users', 'requests/s', 'total', 'a user', ...PARTS],
      POPULATIONS.map((users) => populationRow(byName, users)),
    ),
    '',
    `Quotas as AWS sets them at first (infra/cost/quotas.ts), at a peak of ${PEAK} times the average:`,
    quotaTable(byName),
    ...(missing.length > 0 ? ['', `Not measured: ${missing.join(', ')}.`] : []),
  ].join('\n');
};
