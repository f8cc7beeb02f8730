import { setTimeout as sleep } from 'node:timers/promises';
import { type Check, expectThat } from '../check.ts';
import { expectRefusal } from '../answers.ts';
import type { WireAnswer } from '../wire.ts';
import type { World } from '../world.ts';

/** The first burst wakes functions up, which spreads it over more than the second that is counted in. */
const BURSTS = 4;

/** More than the window. */
const PAUSE_MS = 1_200;

const ROUTE = { method: 'GET', path: '/v1/user/vip_info' } as const;

const header = ({ headers }: WireAnswer, name: string): string => String(headers[name] ?? 'none');

/** The limit of a session and a route, as the stage has it: told by headers, and kept. */
export const limitChecks: readonly Check<World>[] = [
  {
    name: 'rate limit',
    run: async ({ send, session, stage }) => {
      const { perRoute } = stage.rateLimits.query;
      const ask = () => send({ ...ROUTE, headers: { token: session.token ?? '' } });
      const told = header(await ask(), 'ratelimit-limit');
      expectThat(told === String(perRoute), `ratelimit-limit: ${perRoute}`, told);
      for (let burst = 1; burst <= BURSTS; burst += 1) {
        await sleep(PAUSE_MS);
        // Where one too many does not fit into a second, twice as many fit into two.
        const length = burst === 1 ? perRoute + 1 : 2 * perRoute;
        const answers = await Promise.all(Array.from({ length }, ask));
        const odd = answers.find(({ status }) => status !== 200 && status !== 429);
        expectThat(odd === undefined, 'HTTP 200 or 429', `HTTP ${odd?.status ?? ''}`);
        const refused = answers.find(({ status }) => status === 429);
        if (!refused) continue;
        const after = header(refused, 'retry-after');
        expectThat(after === '1', 'retry-after: 1', after);
        return `${expectRefusal(refused, 'RATE_LIMITED')} among ${length} requests of one moment, retry-after: ${after}`;
      }
      expectThat(false, `429 among ${2 * perRoute} requests of one moment`, `none in ${BURSTS} bursts`);
      return '';
    },
  },
];
