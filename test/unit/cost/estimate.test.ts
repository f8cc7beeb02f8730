import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import { costOf, times, together, totalOf } from '../../../infra/cost/bill.ts';
import {
  billedMs,
  fixedBill,
  monthlyBill,
  requestBill,
  requestsPerSecond,
  userBill,
} from '../../../infra/cost/estimate.ts';
import { timingOf } from '../../../infra/cost/front.ts';
import { kindOf, type Measured, measuredOf, type Sample } from '../../../infra/cost/measured.ts';
import { PRICES } from '../../../infra/cost/prices.ts';
import { demandAt, QUOTAS, usersAt } from '../../../infra/cost/quotas.ts';
import { PEAK, REQUESTS_PER_USER } from '../../../infra/cost/usage.ts';

const NOTHING: Measured = {
  endpoint: 'service.health',
  samples: 1,
  memoryMb: 1_769,
  readUnits: 0,
  writeUnits: 0,
  calls: {},
  sequential: 0,
  computeMs: 0,
  responseBytes: 0,
  logBytes: 0,
};

const textOf = (amount: Big | undefined): string | undefined => amount?.toFixed();

describe('an amount of dollars', () => {
  it('is exact, however small or often', () => {
    expect(textOf(costOf('lambdaSecond', 3))).toBe('0.0000400002');
    expect(textOf(costOf('readUnit', '0.5'))).toBe('0.00000007125');
    const bill = together(new Map([['kms', new Big('0.1')]]), new Map([['kms', new Big('0.2')]]));
    expect(textOf(bill.get('kms'))).toBe('0.3');
    expect(textOf(totalOf(times(bill, '1000000000')))).toBe('300000000');
  });

  it('has a price that is a decimal, with a source', () => {
    for (const { dollars, per, source } of Object.values(PRICES)) {
      expect(dollars).toMatch(/^\d+\.\d{2,}$/);
      expect(per).toBeGreaterThan(0);
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\/$/);
    }
  });
});

describe('what a request costs', () => {
  it('is gateway, WAF, an invocation, logs and a part of a trace, where nothing else is done', () => {
    const bill = requestBill(NOTHING);
    // 4.25 and 0.60 dollars a million.
    expect(textOf(bill.get('gateway'))).toBe('0.00000485');
    // 450 ms of one cold start in a hundred, at 1,769 MB, and 0.20 dollars a million.
    expect(billedMs(NOTHING)).toBe(4.5);
    expect(bill.get('lambda')?.toFixed(12)).toBe('0.000000303653');
    expect(textOf(bill.get('dynamodb'))).toBe('0');
  });

  it('adds units, calls and bytes at their prices', () => {
    const bill = requestBill({
      ...NOTHING,
      readUnits: 2.5,
      writeUnits: 4,
      calls: { read: 1, write: 1, kms: 2, s3Put: 1, s3Get: 2, ses: 1, sns: 1 },
      responseBytes: 1024 ** 3,
    });
    expect(textOf(bill.get('dynamodb'))).toBe('0.00000321625');
    expect(textOf(bill.get('kms'))).toBe('0.000006');
    expect(textOf(bill.get('s3'))).toBe('0.00000544');
    expect(textOf(bill.get('mail'))).toBe('0.0001');
    expect(textOf(bill.get('text'))).toBe('0.0559');
    expect(textOf(bill.get('gateway'))).toBe('0.11400485');
  });

  it('stretches computing by the share of a core, never below one, and waits as long as calls in sequence take', () => {
    const half = billedMs({ ...NOTHING, memoryMb: 884.5, computeMs: 10 });
    expect(half).toBe(2 * 10 + 4.5);
    expect(billedMs({ ...NOTHING, memoryMb: 3_538, computeMs: 10 })).toBe(10 + 4.5);
    // Two reads of 5 ms and two writes of 6 ms, three of the four in sequence.
    expect(billedMs({ ...NOTHING, calls: { read: 2, write: 2 }, sequential: 3 })).toBe(16.5 + 4.5);
  });
});

describe('what a month costs', () => {
  it('is requests by user, mails and texts counted once, storage, and what is there without users', () => {
    const [endpoint, count] = ['account.user', REQUESTS_PER_USER['account.user'] ?? '0'] as const;
    const measured = { ...NOTHING, endpoint, calls: { ses: 1, sns: 1 } } satisfies Measured;
    const user = userBill([measured]);
    expect(textOf(user.get('gateway'))).toBe(textOf(new Big('0.00000485').times(count)));
    // 4.5 mails and 0.12 texts, none of those that the request's own calls would be.
    expect(textOf(user.get('mail'))).toBe('0.00045');
    expect(textOf(user.get('text'))).toBe('0.006708');
    const month = monthlyBill([measured], 1_000);
    expect(textOf(month.get('text'))).toBe('6.708');
    expect(textOf(month.get('fixed'))).toBe(textOf(fixedBill().get('fixed')));
    expect(textOf(totalOf(fixedBill()))).toBe('257.55');
  });

  it('comes of so many requests a second', () => {
    const requests = Object.values(REQUESTS_PER_USER).reduce((sum, count) => sum.plus(count), new Big(0));
    expect(requestsPerSecond(2_592_000).toFixed()).toBe(requests.toFixed());
  });
});

describe('a quota', () => {
  it('is come to by so many users at the peak', () => {
    const requests = QUOTAS.find(({ name }) => name.startsWith('Requests'));
    const keys = QUOTAS.find(({ name }) => name.includes('KMS'));
    if (!requests || !keys) throw new Error('The quotas of requests and keys are gone.');
    const measured = { ...NOTHING, endpoint: 'account.user' } satisfies Measured;
    const each = new Big(REQUESTS_PER_USER['account.user'] ?? 0).times(PEAK).div(2_592_000);
    expect(demandAt(requests, [measured], 1_000).toFixed(9)).toBe(each.times(1_000).toFixed(9));
    expect(usersAt(requests, [measured])?.round(0).toFixed()).toBe(new Big(10_000).div(each).round(0).toFixed());
    expect(usersAt(keys, [measured])).toBeUndefined();
  });
});

describe('what is measured', () => {
  const sample = (computeMs: number, readUnits: number): Sample => ({ ...NOTHING, computeMs, readUnits });

  it('is the mean of the samples, and of computing the least', () => {
    expect(measuredOf('service.time', 1_024, [sample(90, 1), sample(4, 2), sample(5, 3)])).toMatchObject({
      samples: 3,
      computeMs: 4,
      readUnits: 2,
      memoryMb: 1_024,
    });
  });

  it('knows calls by their kind, and none that has no price', () => {
    const labels = ['GetItem users', 'TransactWriteItems ledger', 'UpdateItem ephemeral', 'GenerateMac', 'PutObject x'];
    expect(labels.map(kindOf)).toEqual(['read', 'transaction', 'write', 'kms', 's3Put']);
    expect(() => kindOf('InvokeModel claude')).toThrow('has no price');
  });

  it('reads what the gateway tells', () => {
    const header =
      'aws;desc="GetItem users";dur=2.0, aws;desc="PutItem kyc";dur=4.0, aws-calls;desc="2", aws-sequential;desc="1"';
    expect(timingOf(header)).toEqual({ calls: { read: 1, write: 1 }, sequential: 1, waitedMs: 3 });
    expect(timingOf('aws-calls;desc="0", aws-sequential;desc="0"')).toEqual({ calls: {}, sequential: 0, waitedMs: 0 });
  });
});
