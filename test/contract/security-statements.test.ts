import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTEXT_SUFFIXES, CONTEXT_WORDS } from '../../infra/common-passwords.ts';
import { STAGES } from '../../infra/stages.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { API_KEY_RULES } from '../../shared/identity/api-key/api-key.ts';
import { NONCE_WINDOW } from '../../shared/http/api-key/signature.ts';
import { SECRET_LIFETIME } from '../../shared/identity/api-key/secret-cache.ts';
import { FACTOR_RULES } from '../../shared/identity/factor/factor.ts';
import { RECOVERY_CODES } from '../../shared/identity/factor/recovery-code.ts';
import { LOGIN_ATTEMPTS } from '../../shared/identity/login-attempts.ts';
import { CODE_RULES } from '../../shared/identity/one-time-code.ts';
import { SESSION_LIMITS } from '../../shared/identity/session.ts';
import { REGISTRATION_LIFETIME } from '../../shared/identity/user.ts';
import { HOLD } from '../../shared/identity/user-store.ts';
import { FREEZE_LINK_DAYS } from '../../shared/mail/notices.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/platform/clock.ts';
import { codesIn, rowsUnder } from '../support/security-map/tables.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8');

const UNITS = [
  [2 * DAY, DAY, 'days'],
  [HOUR, HOUR, 'h'],
  [MINUTE, MINUTE, 'min'],
  [SECOND, SECOND, 's'],
] as const;

/** Milliseconds in the largest unit that fits; what is less than a second is a count. */
const inWords = (value: number): string => {
  const [, size, unit] = UNITS.find(([from]) => value >= from) ?? [0, 1, ''];
  return `${value / size} ${unit}`.trim();
};

const allOf = (name: string, rules: Readonly<Record<string, number>>): readonly [string, string][] =>
  Object.entries(rules).map(([key, value]) => [`${name}.${key}`, inWords(value)]);

const { rateLimits, textLimits, throttle, waf } = STAGES.prod;

/** Every number of the code that bounds guessing, sending, sessions and requests. */
const NUMBERS: Readonly<Record<string, string>> = Object.fromEntries([
  ...allOf('LOGIN_ATTEMPTS', LOGIN_ATTEMPTS),
  ...allOf('CODE_RULES', CODE_RULES),
  ...allOf('FACTOR_RULES', FACTOR_RULES),
  ...allOf('SESSION_LIMITS', SESSION_LIMITS),
  ...allOf('API_KEY_RULES', API_KEY_RULES),
  ['NONCE_WINDOW', inWords(NONCE_WINDOW)],
  ['SECRET_LIFETIME', inWords(SECRET_LIFETIME)],
  ['HOLD', inWords(HOLD)],
  ['REGISTRATION_LIFETIME', inWords(REGISTRATION_LIFETIME)],
  ['FREEZE_LINK_DAYS', inWords(FREEZE_LINK_DAYS * DAY)],
  ['RECOVERY_CODES', String(RECOVERY_CODES)],
  ['rateLimits.query.perRoute', String(rateLimits.query.perRoute)],
  ['rateLimits.query.perUser', String(rateLimits.query.perUser)],
  ['rateLimits.orders.perRoute', String(rateLimits.orders.perRoute)],
  ['rateLimits.orders.perUser', String(rateLimits.orders.perUser)],
  ['rateLimits.perAddress', String(rateLimits.perAddress)],
  ['textLimits.perNumber', String(textLimits.perNumber)],
  ['textLimits.perAddress', String(textLimits.perAddress)],
  ['textLimits.inTotal', String(textLimits.inTotal)],
  ['throttle.ratePerSecond', String(throttle.ratePerSecond)],
  ['throttle.burst', String(throttle.burst)],
  ['waf.requestsPer5Minutes', String(waf?.requestsPer5Minutes)],
]);

const all: readonly EndpointSpec[] = ENDPOINTS;

const idsWhere = (holds: (endpoint: EndpointSpec) => boolean): readonly string[] =>
  all
    .filter(holds)
    .map(({ id }) => id)
    .toSorted();

/** What the page names one by one: everything that is not simply open to a full session. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  none: idsWhere(({ auth }) => auth === 'none'),
  optional: idsWhere(({ auth }) => auth === 'optional'),
  pending: idsWhere(({ auth }) => auth === 'pending'),
  issuesToken: idsWhere(({ issuesToken }) => issuesToken === true),
  clearsToken: idsWhere(({ clearsToken }) => clearsToken === true),
  changesState: idsWhere(({ changesState }) => changesState !== undefined),
  apiKey: idsWhere(({ apiKey }) => apiKey !== false),
  readsFactor: idsWhere(({ readsFactor }) => readsFactor === true),
  REAUTHENTICATION_REQUIRED: idsWhere(({ codes }) => codes.includes('REAUTHENTICATION_REQUIRED')),
};

describe('the security page', () => {
  it('states every limit as the code has it', () => {
    const stated = rowsUnder(page, 'Limit').map(([name, value = '']) => [codesIn(name).join(), value] as const);
    expect(stated.length).toBe(Object.keys(NUMBERS).length);
    expect(Object.fromEntries(stated)).toEqual(NUMBERS);
  });

  it('lists the words that are easy to guess here, and what people put behind them, as the code has them', () => {
    const stated = rowsUnder(page, 'Easy to guess here').map(([, list]) => codesIn(list));
    expect(stated).toEqual([CONTEXT_WORDS, CONTEXT_SUFFIXES.filter((suffix) => suffix !== '')]);
  });

  it('names every endpoint that is open to less than a full session, and every one that is special', () => {
    const stated = rowsUnder(page, 'In the contract').map(([key, , endpoints]) => [
      codesIn(key).join(),
      codesIn(endpoints).toSorted(),
    ]);
    expect(Object.fromEntries(stated)).toEqual(NAMED);
  });
});
