import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';
import { renderOpenApi } from '../../infra/openapi.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';
import { assemblyWithoutSchedules } from '../support/assembly-copy.ts';
import { unexpectedChanges } from '../support/fuzz/allowed-changes.ts';
import { type Arena, type Findings, runBatch } from '../support/fuzz/campaign.ts';
import { gatherCast, setPrices } from '../support/fuzz/cast.ts';
import type { Draft } from '../support/fuzz/draft.ts';
import { mutatedRequests } from '../support/fuzz/drafts.ts';
import { openStored } from '../support/fuzz/stored.ts';
import { reportRun, runSeed, sized } from '../support/ledger-run/soak.ts';
import { readDocumented } from '../support/registry/documented.ts';
import { startTestStack } from '../support/local-stack.ts';

const EACH = sized(10, 1_000);

/** Requests to each endpoint in one batch, with people of its own: they are done before prices are too old. */
const IN_BATCH = 20;

const seed = runSeed();

const all: readonly EndpointSpec[] = [...ENDPOINTS, ...STAFF_ENDPOINTS];

/** A batch in which requests at once go to different endpoints. */
const batch = (count: number, batchSeed: number): readonly Draft[] => {
  const byEndpoint = all.map((endpoint, index) => mutatedRequests(endpoint, count, batchSeed + index * 7_919));
  return Array.from({ length: count }, (_, at) => byEndpoint.flatMap((drafts) => drafts[at] ?? [])).flat();
};

/** Answers by status, the most frequent first. */
const told = (findings: readonly Findings[]): string =>
  [
    ...Map.groupBy(
      findings.flatMap(({ statuses }) => statuses),
      String,
    ),
  ]
    .map(([status, answers]) => [status === '0' ? 'closed' : status, answers.length] as const)
    .toSorted(([, one], [, other]) => other - one)
    .map(([status, count]) => `${count} × ${status}`)
    .join(' ');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe(`${EACH} mutated requests an endpoint (SEED=${seed})`, () => {
  let arena: Omit<Arena, 'cast'>;
  let assembly: string;

  beforeAll(async () => {
    assembly = assemblyWithoutSchedules(await prepareAssembly({ root: ROOT, stage: 'test' }));
    const stack = await startTestStack({ assembly });
    const own = readDocumented((await stack.call('GET', '/v1/openapi.json')).body);
    const staff = readDocumented(JSON.parse(renderOpenApi('openapi-staff.json')));
    const documentedFor = ({ endpoint }: Draft) => (endpoint.auth === 'staff' ? staff : own);
    arena = { stack, stored: openStored(stack), documentedFor };
    await setPrices(stack);
  }, 120_000);
  afterAll(async () => {
    arena.stored.close();
    await arena.stack.stop();
    rmSync(assembly, { recursive: true, force: true });
  });

  it(
    'are answered with an envelope and no 5xx, and those that are refused change nothing but counters and logs',
    async () => {
      const findings: Findings[] = [];
      for (let done = 0; done < EACH; done += IN_BATCH) {
        const cast = await gatherCast(arena.stack, arena.stored);
        const found = await runBatch({ ...arena, cast }, batch(Math.min(IN_BATCH, EACH - done), seed + done));
        findings.push(found);
      }
      reportRun('mutated requests over the registry', seed, {
        endpoints: all.length,
        requests: sum(findings.map(({ statuses }) => statuses.length)),
        accepted: sum(findings.map(({ accepted }) => accepted)),
        answers: told(findings),
      });
      expect(findings.flatMap(({ problems }) => problems)).toEqual([]);
      // Some mutations are harmless, and lead all the way.
      expect(findings.every(({ accepted }) => accepted > 0)).toBe(true);
    },
    sized(240_000, 7_200_000),
  );
});

describe('what is stored before and after', () => {
  const CAPTCHA = 'ephemeral CAPTCHA#123 CAPTCHA';
  const SESSION = 'users USER#abc SESSION#1';
  const ACCOUNT = 'ledger USER#abc ACCOUNT#TWD#available';
  const session = { pk: 'USER#abc', lastSeenAt: 1, epoch: 0 };
  const dump = (items: Readonly<Record<string, object>>) =>
    new Map(Object.entries(items).map(([place, item]) => [place, { ...item }]));

  it('may differ in counters and logs', () => {
    const before = dump({ [CAPTCHA]: { answer: 'A' }, [SESSION]: session });
    const after = dump({ [SESSION]: { ...session, lastSeenAt: 2 }, 'users USER#abc LOG#1': { operationCode: 1003 } });
    expect(unexpectedChanges(before, after)).toEqual([]);
  });

  it('is told where anything else comes, goes or changes, or a counter changes otherwise', () => {
    const before = dump({ [CAPTCHA]: { answer: 'A' }, [SESSION]: session, [ACCOUNT]: { balance: '1' }, 'mails 0': {} });
    const after = dump({
      [CAPTCHA]: { answer: 'B' },
      [SESSION]: { ...session, epoch: 1 },
      [ACCOUNT]: { balance: '2' },
      'documents-1 some-key': {},
    });
    expect(unexpectedChanges(before, after)).toEqual([
      `${CAPTCHA}: change answer`,
      `${SESSION}: change epoch`,
      `${ACCOUNT}: change balance`,
      'mails 0: go',
      'documents-1 some-key: come',
    ]);
  });
});
