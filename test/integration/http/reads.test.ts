import { describe, expect, it } from '@jest/globals';
import { changesState, type EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../../shared/contracts/registry.ts';
import { newImportId } from '../../support/banks.ts';
import { envelopeOf, serverTiming } from '../../support/local-stack.ts';
import { queryOf } from '../../support/registry/over-http.ts';
import { useJourney } from '../../support/use-journey.ts';

/** Asks for a second factor; `own-keys.test.ts` counts its calls. */
const OWES_A_FACTOR = 'account.api-keys';

const READS = ENDPOINTS.filter(
  (endpoint: EndpointSpec) => endpoint.auth === 'session' && !changesState(endpoint) && endpoint.id !== OWES_A_FACTOR,
);

/** Those that may take a single round trip; the others know who is calling before the second. */
const IN_ONE = new Set(['account.user', 'account.vip-info']);

describe('what a session reads', () => {
  const live = useJourney({ stage: 'test' });

  const staffPut = async (path: string, body: object): Promise<void> => {
    const headers = { 'x-local-principal': 'jo.lin' };
    const { code } = envelopeOf(await live.stack.callStaff('PUT', path, { headers, body }));
    expect(code).toBe(1);
  };

  const importBanks = async (): Promise<void> => {
    const importId = newImportId();
    const banks = [{ code: '005', name: '臺灣土地銀行', branches: [{ code: '0016', name: '基隆分行' }] }];
    await staffPut(`/admin/v1/banks/imports/${importId}`, { banks, reason: 'why' });
    await staffPut('/admin/v1/banks', { importId, banks: 1, branches: 1, reason: 'why' });
  };

  it('takes at most two calls in sequence, whatever it is', async () => {
    await importBanks();
    const token = await live.journey.loggedIn();
    for (const service of ['dynamodb', 'kms', 's3']) await live.stack.fault({ service, mode: 'slow', delayMs: 50 });
    const found = new Map<string, { readonly code: number; readonly isShort: boolean }>();
    for (const { id, path, example } of READS) {
      const { query }: EndpointSpec['example'] = example;
      const answer = await live.stack.call('GET', `${path}${queryOf(query)}`, { headers: { token } });
      const { sequential = Infinity } = serverTiming(answer);
      found.set(id, { code: envelopeOf(answer).code, isShort: sequential <= (IN_ONE.has(id) ? 1 : 2) });
    }
    expect(await live.stack.struck('dynamodb')).toBeGreaterThan(READS.length);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(READS.map(({ id }) => [id, { code: 1, isShort: true }])),
    );
  });
});
