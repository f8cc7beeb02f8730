import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Big } from 'big.js';
import { ASSUMPTIONS } from '../../infra/cost/assumptions.ts';
import { requestsPerSecond } from '../../infra/cost/estimate.ts';
import { QUOTAS } from '../../infra/cost/quotas.ts';
import { PEAK, PER_USER, REQUESTS_PER_USER } from '../../infra/cost/usage.ts';
import { STAGES } from '../../infra/stages.ts';
import { HOUSE_SHARDS } from '../../shared/ledger/entry.ts';
import { OUTBOX_SHARDS } from '../../shared/mail/outbox.ts';

const DOCS = join(import.meta.dirname, '../../docs');

const page = readFileSync(join(DOCS, 'scale.md'), 'utf8');

const counted = (count: number): string => count.toLocaleString('en');

const rounded = (amount: Big): string => Number(amount.round(0)).toLocaleString('en');

const requests = Object.values(REQUESTS_PER_USER).reduce((sum, count) => sum.plus(count), new Big(0));

describe('docs/scale.md', () => {
  it('reckons with the model of usage as it is', () => {
    expect(page).toContain(`${requests.toFixed()} requests a month`);
    expect(page).toContain(`${PER_USER.mails} mails, ${PER_USER.texts} text messages`);
    expect(page).toContain(`a busiest minute of ${PEAK} times the average`);
    for (const users of [1_000_000, 100_000_000]) {
      const average = requestsPerSecond(users);
      expect(page).toMatch(
        new RegExp(`\\| ${users / 1_000_000} million +\\| ${rounded(average)} +\\| ${rounded(average.times(PEAK))} `),
      );
    }
    const prices = ['landing.all-tickers', 'wallet.balance', 'capital.wallet-operation'] as const;
    const readers = prices.map((id) => new Big(REQUESTS_PER_USER[id] ?? 0));
    const [tickers, balances, operations] = readers.map((count) => count.toFixed());
    expect(page).toContain(`(${tickers} a month), \`wallet.balance\` (${balances}) and conversions (${operations})`);
    expect(page).toContain(`: ${readers.reduce((sum, one) => sum.plus(one)).toFixed()} × ${PEAK} ÷ 2,592,000`);
  });

  it('names every quota with its limit, and who says so is AWS', () => {
    for (const { name, limit, source } of QUOTAS) {
      expect(page).toContain(`| ${name.padEnd(44)} | ${counted(limit).padEnd(6)} |`);
      expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w./-]+\.html$/);
    }
  });

  it('has the settings and shards of the code', () => {
    const { throttle, waf, rateLimits } = STAGES.prod;
    const wafRequestsPer5Minutes = waf?.requestsPer5Minutes ?? 0;
    expect(page).toContain(`${counted(throttle.ratePerSecond)} requests a second`);
    expect(page).toContain(`${counted(wafRequestsPer5Minutes)} requests in 5 minutes`);
    expect(page).toContain(`\`rateLimits.perAddress\`, ${rateLimits.perAddress} logins`);
    const behind = new Big(wafRequestsPer5Minutes).div(requests.times(PEAK).times(300).div(2_592_000));
    expect(behind.div(100).round(0).times(100).toFixed()).toBe('5200');
    expect(page).toContain(`${HOUSE_SHARDS} × 1,000 ÷ 2 = ${counted((HOUSE_SHARDS * 1_000) / 2)} a second`);
    expect(page).toContain(`outbox itself lies in ${OUTBOX_SHARDS} partitions`);
    expect(page).toContain(`${ASSUMPTIONS.callMs.ses} of SES`);
  });

  it('points to files that exist', () => {
    const links = [...page.matchAll(/\]\(((?!https?:)[^)#]+)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(4);
    for (const path of links) expect({ path, is: existsSync(join(DOCS, path)) }).toEqual({ path, is: true });
  });
});
