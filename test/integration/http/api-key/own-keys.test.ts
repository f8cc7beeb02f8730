import { describe, expect, it } from '@jest/globals';
import { apiKeys } from '../../../../shared/contracts/endpoints/account/api-keys.ts';
import { createApiKey } from '../../../../shared/contracts/endpoints/account/create-api-key.ts';
import { factorJourneyOn } from '../../../support/factor-journey.ts';
import { envelopeOf, serverTiming } from '../../../support/local-stack.ts';
import { somebody } from '../../../support/journey.ts';
import { useJourney } from '../../../support/use-journey.ts';

const PATH = '/v1/user/api_keys';
const ASKED = { label: 'Bot', scopes: ['read'] };

describe('API keys over HTTP', () => {
  const live = useJourney({ stage: 'test' });

  it('are made, listed and revoked by who gave the second factor again, and mailed', async () => {
    const { bind, call, codeNow } = factorJourneyOn(live.stack);
    const person = somebody();
    await live.journey.register(person);
    await live.journey.verify(person);
    const token = String((await live.journey.login(person)).headers['token']);
    expect(envelopeOf(await call('POST', PATH, token, ASKED))).toMatchObject({ code: 10011 });
    const key = await bind(token);
    const asked = [await call('POST', PATH, token, ASKED), await call('GET', PATH, token)];
    expect(asked.map(({ status }) => status)).toEqual([403, 403]);
    expect(asked.map((answer) => envelopeOf(answer).code)).toEqual([10070, 10070]);
    const totpCode = codeNow(key);
    await call('POST', '/v1/user/reauthenticate_with_credential', token, { totpCode });

    // So slow that calls which can run at once do.
    for (const service of ['dynamodb', 'kms'] as const) {
      await live.stack.fault({ service, mode: 'slow', rate: 1, delayMs: 100 });
    }
    const response = await call('POST', PATH, token, ASKED);
    expect([response.status, envelopeOf(response)]).toMatchObject([200, { code: 1, msg: 'Success' }]);
    const { secret, ...made } = createApiKey.data.parse(envelopeOf(response).data);
    expect(serverTiming(response).calls.join()).toContain('Encrypt');
    expect(serverTiming(response).sequential).toBeLessThanOrEqual(3);

    const listing = await call('GET', PATH, token);
    expect(serverTiming(listing).sequential).toBeLessThanOrEqual(2);
    for (const service of ['dynamodb', 'kms'] as const) await live.stack.fault({ service, mode: 'none' });
    expect(apiKeys.data.parse(envelopeOf(listing).data)).toEqual([{ ...made, lastUsedAt: null }]);
    expect(JSON.stringify(listing.body)).not.toContain(secret);

    const query = `${PATH}?apiKey=${encodeURIComponent(made.apiKey)}`;
    expect(envelopeOf(await call('DELETE', query, token))).toMatchObject({ code: 1, data: null });
    expect(envelopeOf(await call('GET', PATH, token)).data).toEqual([]);
    const again = await call('DELETE', query, token);
    expect([again.status, envelopeOf(again).code]).toEqual([404, -404]);
    const wrong = await call('POST', PATH, token, { ...ASKED, scopes: ['all'] });
    expect(envelopeOf(wrong).code).toBe(-2);
    expect(envelopeOf(wrong).msg).toContain('scopes');
  });
});
