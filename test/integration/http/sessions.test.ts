import { describe, expect, it } from '@jest/globals';
import { loginLog } from '../../../shared/contracts/endpoints/account/login-log.ts';
import { sessions } from '../../../shared/contracts/endpoints/account/sessions.ts';
import { digestOf } from '../../../infra/local/demo/password-digest.ts';
import { type Person, somebody } from '../../support/journey.ts';
import { useJourney } from '../../support/use-journey.ts';
import { envelopeOf } from '../../support/local-stack.ts';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.114 Safari/537.36';

describe('sessions and their log', () => {
  const live = useJourney({ stage: 'test' });

  const tokenOf = async (person: Person, userAgent = CHROME): Promise<string> =>
    String((await live.journey.login(person, { headers: { 'user-agent': userAgent } })).headers['token']);
  const list = async (token: string) =>
    sessions.data.parse(envelopeOf(await live.stack.call('GET', '/v1/user/sessions', { headers: { token } })).data);
  const end = (token: string, query = '') =>
    live.stack.call('DELETE', `/v1/user/sessions${query}`, { headers: { token } });
  const isAlive = async (token: string): Promise<boolean> =>
    (await live.stack.call('GET', '/v1/user', { headers: { token } })).status === 200;
  const log = async (token: string, query = '') =>
    loginLog.data.parse(
      envelopeOf(await live.stack.call('GET', `/v1/user/login_log${query}`, { headers: { token } })).data,
    );

  it('lists open sessions with where they came from', async () => {
    const person = somebody();
    await live.journey.register(person);
    await live.journey.verify(person);
    const first = await tokenOf(person);
    const second = await tokenOf(person, '');
    const listed = await list(second);
    expect(listed).toHaveLength(2);
    expect(listed.find(({ current }) => !current)).toMatchObject({
      browser: 'Chrome 91.0.4472.114',
      os: 'Windows 10',
      ip: '127.0.0.1',
    });
    expect((await list(first)).filter(({ current }) => current)).toHaveLength(1);
    expect(JSON.stringify(listed)).not.toContain(first.slice(-32));
  });

  it('ends one by its id, at once, and none of somebody else', async () => {
    const person = somebody();
    await live.journey.register(person);
    await live.journey.verify(person);
    const [kept, ended] = [await tokenOf(person), await tokenOf(person)];
    const stranger = await live.journey.loggedIn();
    const id = (await list(ended)).find(({ current }) => current)?.id ?? '';
    const foreign = await end(stranger, `?id=${id}`);
    expect([foreign.status, envelopeOf(foreign).code]).toEqual([404, -404]);
    expect(await isAlive(ended)).toBe(true);
    expect(envelopeOf(await end(kept, `?id=${id}`)).code).toBe(1);
    expect([await isAlive(ended), await isAlive(kept)]).toEqual([false, true]);
    expect((await end(kept, `?id=${id}`)).status).toBe(404);
    expect(envelopeOf(await end(kept, '?id=x'))).toMatchObject({ code: -2 });
  });

  it('ends all others, at once', async () => {
    const person = somebody();
    await live.journey.register(person);
    await live.journey.verify(person);
    const tokens = [await tokenOf(person), await tokenOf(person), await tokenOf(person)];
    const [kept = '', ...others] = tokens;
    expect(envelopeOf(await end(kept)).code).toBe(1);
    expect(await Promise.all(tokens.map(isAlive))).toEqual([true, ...others.map(() => false)]);
    expect(await list(kept)).toHaveLength(1);
    expect(await isAlive(await tokenOf(person))).toBe(true);
  });

  it('logs registration, login, failed login and logout, newest first, by pages', async () => {
    const person = somebody();
    await live.journey.register(person);
    await live.journey.verify(person);
    await live.journey.login({ ...person, password: digestOf('no') });
    const gone = await tokenOf(person);
    await live.stack.call('POST', '/v1/logout', { headers: { token: gone } });
    const token = await tokenOf(person);
    const { dataList } = await log(token);
    expect(dataList.map(({ operationCode }) => operationCode)).toEqual([1001, 1002, 1001, 1003, 1000]);
    expect(dataList[0]).toMatchObject({
      browser: 'Chrome 91.0.4472.114',
      os: 'Windows 10',
      ip: '127.0.0.1',
      area: '-',
      city: null,
    });
    const pages = [
      await log(token, '?pageSize=2'),
      await log(token, '?pageSize=2&pageNum=2'),
      await log(token, '?pageSize=2&pageNum=3'),
    ];
    expect(pages.flatMap((page) => page.dataList)).toEqual(dataList);
    expect((await log(token, '?pageSize=2&pageNum=4')).dataList).toEqual([]);
  });

  it.each(['pageSize=0', 'pageSize=101', 'pageSize=x', 'pageNum=0', 'pageNum=1.5', 'pageSize='])(
    'refuses %s',
    async (query) => {
      const token = await live.journey.loggedIn();
      const answer = await live.stack.call('GET', `/v1/user/login_log?${query}`, { headers: { token } });
      expect(envelopeOf(answer)).toMatchObject({ code: -2, data: null });
      expect(answer.status).toBe(400);
    },
  );
});
