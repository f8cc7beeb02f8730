import type { Item } from '../../../shared/platform/writes.ts';
import { type Dump, textOf } from './stored.ts';

/** What refused requests, and reads, may leave behind: counters and logs. */
interface Allowed {
  /** Table or bucket, partition key and sort key, as a dump names them. */
  readonly place: RegExp;
  /** Whether such things may come to be, go, or change in the named attributes only. */
  readonly may: { readonly come?: true; readonly go?: true; readonly change?: readonly string[] };
  readonly reason: string;
}

const ALLOWED: readonly Allowed[] = [
  {
    place: /^ephemeral QUOTA#\w+ QUOTA$/,
    may: { come: true, change: ['query', 'orders', 'ttl', 's:*'] },
    reason: 'requests of a user in the last second, by session and route',
  },
  {
    place: /^ephemeral ADDRESS#\w+#[\w.-]+ \d+$/,
    may: { come: true, change: ['requests'] },
    reason: 'requests of an address to a costly route in a minute',
  },
  {
    place: /^ephemeral NONCE#/,
    may: { come: true },
    reason: 'a nonce is used up by a right signature, whatever becomes of the request',
  },
  {
    place: /^ephemeral CAPTCHA#\d+ CAPTCHA$/,
    may: { come: true, go: true },
    reason: 'a captcha comes by a read, and is good for one answer, be it wrong',
  },
  {
    place: /^ephemeral LOGIN#\w+ (?:USER|ADDRESS#\w+)$/,
    may: { come: true, change: ['attempts', 'lastAt', 'endsAt', 'ttl'] },
    reason: 'wrong passwords in a row, of a user and of an address for that user',
  },
  {
    place: /^ephemeral CODE#(?:MAIL|SMS)#\w+ CODE$/,
    may: { change: ['tries'] },
    reason: 'tries at a mailed or texted code',
  },
  {
    place: /^users USER#\w+ LOG#/,
    may: { come: true },
    reason: "the user's log has failed logins too (1003)",
  },
  {
    place: /^users USER#\w+ SESSION#/,
    may: { change: ['lastSeenAt', 'ttl', 'wrongPasswords'], go: true },
    reason: 'when a session was last seen, and wrong old passwords in a row, of which the fifth ends it',
  },
  {
    place: /^users APIKEY#[\w=]+ APIKEY$/,
    may: { change: ['lastUsedAt'] },
    reason: 'when a key was last used',
  },
  {
    place: /^users USER#\w+ FACTOR$/,
    may: { change: ['failures', 'lastFailureAt'] },
    reason: 'wrong codes in a row',
  },
  {
    place: /^audit-archive-\d+ audit\//,
    may: { come: true },
    reason: 'and each of these records is copied to where nobody can change it',
  },
  {
    place: /^audit (?:DAY#|TARGET#)/,
    may: { come: true },
    reason: 'every call of the staff is audited, the refused ones too',
  },
];

type Change = 'come' | 'go' | 'change';

const changedAttributes = (before: Item, after: Item): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => textOf(before[name]) !== textOf(after[name]),
  );

const isAllowed = (place: string, change: Change, attributes: readonly string[]): boolean =>
  ALLOWED.some(
    ({ place: pattern, may }) =>
      pattern.test(place) &&
      (change === 'change'
        ? attributes.every((name) => may.change?.includes(name.replace(/^s:.*/, 's:*')))
        : may[change] === true),
  );

/** What is different between two dumps and may not be, in words. */
export const unexpectedChanges = (before: Dump, after: Dump): readonly string[] => {
  const places = new Set([...before.keys(), ...after.keys()]);
  return [...places].flatMap((place) => {
    const [was, is] = [before.get(place), after.get(place)];
    if (textOf(was) === textOf(is)) return [];
    const change = was === undefined ? 'come' : is === undefined ? 'go' : 'change';
    const attributes = was && is ? changedAttributes(was, is) : [];
    if (isAllowed(place, change, attributes)) return [];
    return [`${place}: ${change} ${attributes.join(', ')}`.trim()];
  });
};
