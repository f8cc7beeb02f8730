import { createHash, randomBytes } from 'node:crypto';
import { type Check, expectThat } from '../check.ts';
import { expectCode } from '../answers.ts';
import type { World } from '../world.ts';

const ROUNDS = 5;

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** A name that nobody has, so that no one's tries are counted. */
const strangersName = (): string => `smoke-${randomBytes(8).toString('hex')}`;

const digest = (): string => createHash('sha256').update(randomBytes(16)).digest('hex');

/**
 * That passwords are hashed where the API really runs. A name that nobody has costs the same argon2 computation as one
 * that somebody has, and harms nobody. How long it took above a request without one is told, not judged: the way there
 * has its own moods. With node:crypto's argon2 it is 10 to 60 ms at 1,024 MB; several times that would be WebAssembly,
 * which takes over where a runtime lacks it.
 */
export const passwordChecks: readonly Check<World>[] = [
  {
    name: 'argon2 of the runtime',
    run: async ({ stranger }) => {
      const logins: number[] = [];
      const others: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const body = { loginName: strangersName(), password: digest() };
        const login = async () => expectCode(await stranger.call('auth.login', { body }), 'WRONG_CREDENTIALS');
        logins.push(await elapsed(login));
        others.push(await elapsed(() => stranger.call('service.time')));
      }
      const [longer, base] = [middle(logins), middle(others)];
      return `unknown name 10006 each of ${ROUNDS} times, ${Math.round(longer)} ms, ${Math.round(longer - base)} above /v1/time`;
    },
  },
  {
    name: 'raw password refused',
    run: async ({ stranger }) => {
      const body = { loginName: strangersName(), password: 'correct horse battery staple' };
      const result = await stranger.call('auth.login', { body });
      expectThat(result.code === -2, 'code -2', `code ${result.code}`);
      return expectCode(result, 'INVALID_PARAMETER');
    },
  },
];
