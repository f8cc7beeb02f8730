import { describe, expect, it } from '@jest/globals';
import { meetAt, peakOverlap, recordCalls } from '../../support/call-log.ts';
import { useIdentity } from '../../support/identity.ts';
import { callerLoggedIn } from '../../support/logged-in.ts';
import { TEST_TEXT_LIMITS } from '../../support/test-platform.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const { perNumber, perAddress, inTotal } = TEST_TEXT_LIMITS;

describe('the texts of a day', () => {
  const identity = useIdentity();

  const loggedIn = () => callerLoggedIn(identity());
  type Somebody = Awaited<ReturnType<typeof loggedIn>>;

  let numbers = 0;
  const freshNumber = () => `09${String((numbers += 1)).padStart(8, '2')}`;
  const freshAddress = () => `198.51.100.${(numbers += 1)}`;
  const send = ({ name, callerId }: Somebody, mobilePhone: string, ip = freshAddress()) =>
    identity().applyCode(name, { callerId, mobilePhone, ip });

  /** The first moment of the next day in Taipei, which is eight hours ahead. */
  const nextDay = () => {
    const { clock } = identity();
    clock.advance(DAY - ((clock.now() + 8 * 60 * MINUTE) % DAY));
  };
  const refused = (code: string) => ({ ok: false, code });

  it('are counted per number, whoever asks from wherever, until midnight in Taipei', async () => {
    nextDay();
    const [one, two] = [await loggedIn(), await loggedIn()];
    const number = freshNumber();
    for (let sent = 0; sent < perNumber; sent += 1) {
      expect(await send(sent % 2 === 0 ? one : two, number)).toMatchObject({ ok: true });
      identity().clock.advance(MINUTE);
    }
    const retryAfter = DAY / 1_000 - perNumber * 60;
    expect(await send(two, number)).toEqual({
      ...refused('TEXTS_TO_NUMBER'),
      retryAfter,
      params: { most: String(perNumber), seconds: String(retryAfter) },
    });
    expect(await send(one, freshNumber())).toMatchObject({ ok: true });
    identity().clock.advance(retryAfter * 1_000 - 1);
    expect(await send(one, number)).toMatchObject({ ...refused('TEXTS_TO_NUMBER'), retryAfter: 1 });
    identity().clock.advance(1);
    expect(await send(one, number)).toMatchObject({ ok: true });
  });

  it('that are refused send nothing and leave the code before them good', async () => {
    nextDay();
    const somebody = await loggedIn();
    const number = freshNumber();
    for (let sent = 0; sent < perNumber; sent += 1) {
      await send(somebody, number);
      identity().clock.advance(MINUTE);
    }
    const before = await identity().storedCode(number, somebody.callerId);
    expect(before).toHaveProperty('digest');
    const { length } = identity().inbox.texts;
    expect(await send(somebody, number)).toMatchObject(refused('TEXTS_TO_NUMBER'));
    expect(identity().inbox.texts).toHaveLength(length);
    expect(await identity().storedCode(number, somebody.callerId)).toEqual(before);
  });

  it('are counted per address, whoever asks and for whatever number', async () => {
    nextDay();
    const [one, two] = [await loggedIn(), await loggedIn()];
    const ip = freshAddress();
    for (let sent = 0; sent < perAddress; sent += 1) {
      expect(await send(sent % 2 === 0 ? one : two, freshNumber(), ip)).toMatchObject({ ok: true });
    }
    expect(await send(one, freshNumber(), ip)).toMatchObject(refused('TEXTS_FROM_ADDRESS'));
    expect(await send(one, freshNumber())).toMatchObject({ ok: true });
    nextDay();
    expect(await send(one, freshNumber(), ip)).toMatchObject({ ok: true });
  });

  it('are counted although the provider refused them, until the day is over', async () => {
    nextDay();
    const somebody = await loggedIn();
    const number = freshNumber();
    identity().inbox.refusing = true;
    for (let asked = 0; asked < perNumber; asked += 1) {
      expect(await send(somebody, number)).toEqual(refused('SMS_NOT_SENT'));
    }
    identity().inbox.refusing = false;
    expect(await send(somebody, number)).toMatchObject(refused('TEXTS_TO_NUMBER'));
    nextDay();
    expect(await send(somebody, number)).toMatchObject({ ok: true });
  });

  it('do not count mails', async () => {
    nextDay();
    const somebody = await loggedIn();
    const ip = freshAddress();
    for (let mailed = 0; mailed < 2; mailed += 1) {
      identity().clock.advance(MINUTE);
      expect(await identity().applyCode(somebody.name, { callerId: somebody.callerId, ip })).toMatchObject({
        ok: true,
      });
    }
    for (let sent = 0; sent < perAddress; sent += 1) {
      expect(await send(somebody, freshNumber(), ip)).toMatchObject({ ok: true });
    }
    expect(await send(somebody, freshNumber(), ip)).toMatchObject(refused('TEXTS_FROM_ADDRESS'));
  });

  it('let through exactly as many as may be sent in all, of any number of requests at once, and say so in the log', async () => {
    nextDay();
    const people = [await loggedIn(), await loggedIn(), await loggedIn()];
    const over = 20;
    const { client } = identity().engine;
    const calls = recordCalls(client);
    const met = meetAt(client, 'TransactWriteItems', inTotal + over);
    const { lines } = identity().resources;
    const [logged, texts] = [lines.length, identity().inbox.texts.length];
    const asked = Array.from({ length: inTotal + over }, (_, at) => {
      const somebody = people[at % people.length];
      if (!somebody) throw new Error('Nobody asks.');
      return send(somebody, freshNumber());
    });
    const answers = await Promise.all(asked);
    expect(met()).toBe(true);
    expect(peakOverlap(calls.filter(({ operation }) => operation === 'TransactWriteItems'))).toBeGreaterThan(over);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(inTotal);
    expect(answers.filter((answer) => !answer.ok && answer.code === 'TEXTS_EXHAUSTED')).toHaveLength(over);
    expect(identity().inbox.texts).toHaveLength(texts + inTotal);
    expect(lines.slice(logged).filter((line) => line.includes('"TEXTS_EXHAUSTED"'))).toHaveLength(over);
    expect(lines.slice(logged).join()).toContain('"level":"error"');
  });

  it('that cannot be counted are not sent: 503, and the code before stays', async () => {
    nextDay();
    const somebody = await loggedIn();
    const number = freshNumber();
    expect(await send(somebody, number)).toMatchObject({ ok: true });
    identity().clock.advance(MINUTE);
    const before = await identity().storedCode(number, somebody.callerId);
    const { length } = identity().inbox.texts;
    const { middlewareStack } = identity().engine.client;
    let struck = 0;
    middlewareStack.add(
      (next) => (input) => {
        if (!JSON.stringify(input).includes('TEXTS#')) return next(input);
        struck += 1;
        return Promise.reject(Object.assign(new Error('down'), { name: 'ResourceNotFoundException' }));
      },
      { step: 'initialize', name: 'countersFail' },
    );
    await expect(send(somebody, number)).rejects.toMatchObject({ name: 'StoreBusyError' });
    middlewareStack.remove('countersFail');
    expect(struck).toBe(1);
    expect(identity().resources.lines.join()).toContain('COUNTER_FAILED');
    expect(identity().inbox.texts).toHaveLength(length);
    expect(await identity().storedCode(number, somebody.callerId)).toEqual(before);
    expect(await send(somebody, number)).toMatchObject({ ok: true });
  });
});
