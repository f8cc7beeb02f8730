import { Big } from 'big.js';
import { ASSUMPTIONS } from './assumptions.ts';
import { type Bill, costOf, sumOf, times, together } from './bill.ts';
import type { CallKind, Measured } from './measured.ts';
import { PER_USER, REQUESTS_PER_USER } from './usage.ts';

const GB = 1024 ** 3;
const MB_PER_GB = 1024;
const MILLION = 1_000_000;
const MONTH_DAYS = 30;

const CALL_MS: Readonly<Record<CallKind, number>> = {
  read: ASSUMPTIONS.callMs.read,
  write: ASSUMPTIONS.callMs.write,
  transaction: ASSUMPTIONS.callMs.transaction,
  kms: ASSUMPTIONS.callMs.kms,
  s3Put: ASSUMPTIONS.callMs.s3,
  s3Get: ASSUMPTIONS.callMs.s3,
  ses: ASSUMPTIONS.callMs.ses,
  sns: ASSUMPTIONS.callMs.sns,
};

const countOf = ({ calls }: Measured, ...kinds: readonly CallKind[]): number =>
  kinds.reduce((sum, kind) => sum + (calls[kind] ?? 0), 0);

/** Milliseconds of waiting: as many calls as are in sequence, each as long as the endpoint's calls on average. */
const waitingMs = ({ calls, sequential }: Measured): number => {
  const all = Object.values(calls).reduce((sum, count) => sum + count, 0);
  if (all === 0) return 0;
  const whole = Object.entries(CALL_MS).reduce(
    (sum, [kind, ms]) => sum + ms * (Object.entries(calls).find(([name]) => name === kind)?.[1] ?? 0),
    0,
  );
  return sequential * (whole / all);
};

/**
 * Milliseconds that Lambda bills for a request, in the middle of the day: computing as it was measured here, stretched by
 * the share of a core that the function's memory buys, waiting by what AWS's services usually take, and its share of cold
 * starts. A core of this machine is taken for one of Lambda's: an estimate, good to a factor of two.
 */
export const billedMs = (measured: Measured): number => {
  const { coreMb, coldOneIn, coldMs } = ASSUMPTIONS;
  const stretch = Math.max(1, coreMb / measured.memoryMb);
  return measured.computeMs * stretch + waitingMs(measured) + coldMs / coldOneIn;
};

/** What one request costs. */
export const requestBill = (measured: Measured): Bill => {
  const { gatewayLogBytes, lambdaLogBytes, tracedOneIn } = ASSUMPTIONS;
  const gbSeconds = new Big(billedMs(measured)).times(measured.memoryMb).div(MB_PER_GB).div(1000);
  const logGb = new Big(measured.logBytes + gatewayLogBytes + lambdaLogBytes).div(GB);
  return new Map([
    [
      'gateway',
      sumOf(
        costOf('gatewayRequest', 1),
        costOf('wafRequest', 1),
        costOf('transfer', new Big(measured.responseBytes).div(GB)),
      ),
    ],
    ['lambda', sumOf(costOf('lambdaRequest', 1), costOf('lambdaSecond', gbSeconds))],
    ['dynamodb', sumOf(costOf('readUnit', measured.readUnits), costOf('writeUnit', measured.writeUnits))],
    ['kms', costOf('kmsRequest', countOf(measured, 'kms'))],
    ['s3', sumOf(costOf('s3Put', countOf(measured, 's3Put')), costOf('s3Get', countOf(measured, 's3Get')))],
    ['mail', costOf('mail', countOf(measured, 'ses'))],
    ['text', costOf('text', countOf(measured, 'sns'))],
    ['logs', sumOf(costOf('logs', logGb), costOf('trace', new Big(1).div(tracedOneIn)))],
  ]);
};

/** The same for a million requests, which is how AWS writes prices. */
export const billOfMillion = (measured: Measured): Bill => times(requestBill(measured), MILLION);

/** What one active user costs in a month, a year after the first. Mails and texts are counted by user, not by request. */
export const userBill = (all: readonly Measured[]): Bill => {
  const requests = all.map((measured) => {
    const perUser = times(requestBill(measured), REQUESTS_PER_USER[measured.endpoint] ?? 0);
    return new Map([...perUser].filter(([part]) => part !== 'mail' && part !== 'text'));
  });
  const { mails, texts, tableGb, documentGb } = PER_USER;
  const beside: Bill = new Map([
    ['mail', costOf('mail', mails)],
    ['text', costOf('text', texts)],
    ['dynamodb', sumOf(costOf('tableStorage', tableGb), costOf('tableBackup', tableGb))],
    ['s3', costOf('s3Storage', documentGb)],
  ]);
  return together(...requests, beside);
};

/** What a stage costs in a month that nobody uses. */
export const fixedBill = (): Bill => {
  const { wafRules, keys, alarms, metrics, reconcilerUnitsPerDay } = ASSUMPTIONS;
  const guarded = [costOf('wafAcl', 1), costOf('wafRule', wafRules), costOf('kmsKey', keys)];
  const watched = [costOf('alarm', alarms), costOf('metric', metrics)];
  const proved = costOf('readUnit', new Big(reconcilerUnitsPerDay).times(MONTH_DAYS));
  return new Map([['fixed', sumOf(...guarded, ...watched, proved)]]);
};

/** What a stage with so many active users costs in a month. */
export const monthlyBill = (all: readonly Measured[], users: number): Bill =>
  together(times(userBill(all), users), fixedBill());

/** Requests a second that so many users make on average, over a month of 30 days. */
export const requestsPerSecond = (users: number): Big =>
  sumOf(...Object.values(REQUESTS_PER_USER).map((count) => new Big(count)))
    .times(users)
    .div(MONTH_DAYS * 86_400);
