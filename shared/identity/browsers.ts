import { sha256 } from '../platform/digest.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';
import { notified, type Setting } from './acting.ts';
import type { User } from './user.ts';
import { clientOf } from './user-agent.ts';

/** A browser is known by its name and its system's; their versions change by themselves. */
const withoutVersion = (name: string): string => name.replace(/ [\d.]+$/, '');

const browserKey = (userId: string, userAgent: string): Key => {
  const { browser, os } = clientOf(userAgent);
  return { pk: `USER#${userId}`, sk: `BROWSER#${sha256(`${withoutVersion(browser)}\n${withoutVersion(os)}`)}` };
};

/** Whether the user has signed in from such a browser before, or registered with it. */
export const isKnownBrowser = async (table: TableWith<'get'>, userId: string, userAgent: string): Promise<boolean> =>
  (await table.get(browserKey(userId, userAgent))) !== undefined;

/** Describes that the user has used such a browser. */
export const rememberBrowser = (table: TableWith<'put'>, userId: string, userAgent: string, now: number): Write =>
  table.put({ ...browserKey(userId, userAgent), seenAt: now });

/** The writes of a sign-in from a browser not seen before: remember it, and tell the user by mail. */
export const newBrowser = (
  platform: Pick<Core, 'clock' | 'random' | 'requestId'> & {
    readonly tables: { readonly users: TableWith<'put'>; readonly outbox: TableWith<'put'> };
  },
  user: User,
  setting: Setting,
): readonly Write[] => {
  const { ip, userAgent } = setting.origin;
  const at = platform.clock.now();
  const facts = { ...clientOf(userAgent), ip, at };
  return [
    rememberBrowser(platform.tables.users, user.userId, userAgent, at),
    notified(platform, user, setting, { kind: 'new-sign-in', facts }),
  ];
};
