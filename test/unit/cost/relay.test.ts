import { afterEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { passedOn, type Relay, startRelay } from '../../../infra/cost/relay.ts';

let relay: Relay | undefined;

afterEach(() => relay?.stop());

describe('a relay', () => {
  it('hands headers of the request on, and none of its connection', async () => {
    relay = await startRelay((incoming, response) => {
      response.end(JSON.stringify(passedOn(incoming)));
      return Promise.resolve();
    });
    const answer = await fetch(relay.url, { method: 'POST', headers: { token: 'a', 'x-two': 'b' }, body: 'text' });
    const headers = new Map(z.array(z.tuple([z.string(), z.string()])).parse(await answer.json()));
    expect([headers.get('token'), headers.get('x-two')]).toEqual(['a', 'b']);
    const ofConnection = ['host', 'connection', 'content-length', 'accept-encoding'];
    expect(ofConnection.filter((name) => headers.has(name))).toEqual([]);
  });

  it('ends the connection where a request cannot be handed on, and answers the next one', async () => {
    let asked = 0;
    relay = await startRelay((_incoming, response) => {
      asked += 1;
      if (asked === 1) return Promise.reject(new Error('nobody is behind it'));
      response.end('here');
      return Promise.resolve();
    });
    await expect(fetch(relay.url)).rejects.toThrow('fetch failed');
    expect(await (await fetch(relay.url)).text()).toBe('here');
  });

  it('hears nobody once it was stopped', async () => {
    relay = await startRelay((_incoming, response) => Promise.resolve(void response.end('here')));
    const { url, stop } = relay;
    expect((await fetch(url)).status).toBe(200);
    stop();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });
});
