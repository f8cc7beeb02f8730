import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createScreen } from '../../../shared/kyc/screening.ts';
import { systemRandom } from '../../../shared/platform/random.ts';

const PERSON = { name: '林書得', birthday: '1990/01/05' };

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

/** A service that answers each request as it is told; what is `undefined` gets no answer at all. */
const serviceOf = async (...answers: readonly ({ status: number; body: string } | undefined)[]) => {
  const asked: string[] = [];
  const answer = (response: ServerResponse): void => {
    const told = answers[Math.min(asked.length, answers.length) - 1];
    if (told) response.writeHead(told.status, { 'content-type': 'application/json' }).end(told.body);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push(Buffer.concat(chunks).toString());
      answer(response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (!isAddress(address)) throw new Error('The service does not listen.');
  const screen = createScreen(`http://127.0.0.1:${address.port}/names`, { send: fetch, random: systemRandom }, 300);
  if (!screen) throw new Error('There is a service.');
  return { asked, screen };
};

const json = (match: boolean, status = 200) => ({ status, body: JSON.stringify({ match, listVersion: '2026-11-20' }) });

const FAILED = { verdict: 'failed', listVersion: null };

describe('screening', () => {
  it('looks nobody up where the stage has no service', () => {
    expect(createScreen('off', { send: fetch, random: systemRandom })).toBeUndefined();
  });

  it.each([
    [false, 'clear'],
    [true, 'hit'],
  ])('of a name that matches: %s, is %s, with the edition of the lists', async (match, verdict) => {
    const { asked, screen } = await serviceOf(json(match));
    expect(await screen(PERSON)).toEqual({ verdict, listVersion: '2026-11-20' });
    expect(asked).toEqual([JSON.stringify(PERSON)]);
  });

  it('asks again where there was no answer in time, or another one, and takes the first that counts', async () => {
    const { asked, screen } = await serviceOf(undefined, json(false, 503), json(false));
    expect(await screen(PERSON)).toMatchObject({ verdict: 'clear' });
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['no answer in time', undefined],
    ['500', json(false, 500)],
    ['a redirection', { status: 302, body: '' }],
    ['no JSON', { status: 200, body: 'clear' }],
    ['no word of a match', { status: 200, body: '{"listVersion":"1"}' }],
    ['no edition', { status: 200, body: '{"match":false}' }],
  ])('by a service that gives %s has failed after three tries, and clears nobody', async (_what, told) => {
    const { asked, screen } = await serviceOf(told);
    expect(await screen(PERSON)).toEqual(FAILED);
    expect(asked).toHaveLength(3);
  });
});
