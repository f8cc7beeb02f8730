import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { changePassword } from '../../shared/contracts/endpoints/account/change-password.ts';
import { check2fa } from '../../shared/contracts/endpoints/account/check-2fa.ts';
import { forgetPassword } from '../../shared/contracts/endpoints/account/forget-password.ts';
import { login } from '../../shared/contracts/endpoints/auth/login.ts';
import { register } from '../../shared/contracts/endpoints/auth/register.ts';
import { verify } from '../../shared/contracts/endpoints/auth/verify.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';
import { exampleBody } from '../support/example-body.ts';

const ROOT = join(import.meta.dirname, '../..');

const all: readonly EndpointSpec[] = [...ENDPOINTS, ...STAFF_ENDPOINTS];

const CAPTCHA = ['captchaId', 'captchaNumber'];

describe('the ways into an account', () => {
  it.each<[EndpointSpec, readonly string[]]>([
    [register, ['username', 'email', 'password', ...CAPTCHA, 'lang']],
    [login, ['loginName', 'password', ...CAPTCHA, 'lang']],
    [verify, ['loginName', 'code']],
    [forgetPassword, ['username', 'codeEmail', 'newPassword']],
    [changePassword, ['oldPassword', 'newPassword']],
    [check2fa, ['totpCode']],
  ])('$id asks for names, passwords and codes, and for no hint or answer to a question', ({ body }, fields) => {
    expect(Object.keys(body?.shape ?? {})).toEqual(fields);
  });

  it('make users in one place, which is registration', () => {
    const makers = globSync(['functions/**/*.ts', 'shared/**/*.ts'], { cwd: ROOT }).filter((file) =>
      readFileSync(join(ROOT, file), 'utf8').includes('newUser('),
    );
    expect(makers).toEqual(['shared/identity/registration.ts']);
  });
});

/** What decides what a user may do; only the system and the staff set it. */
const NOT_THE_CALLERS = {
  userId: 'somebody',
  userStatus: 1,
  kycLevel: 3,
  is2FA: false,
  isVip: true,
  isVIP: true,
  spread: '0',
  holdUntil: 0,
  sessionEpoch: 9,
  keyEpoch: 9,
  createdAt: 0,
} as const;

const named = all
  .filter(({ body }) => body !== undefined)
  .map((endpoint): [string, EndpointSpec] => [endpoint.id, endpoint]);

describe('the body of a request', () => {
  it.each(named)('of %s can set what its contract declares, and nothing else', (_id, endpoint) => {
    const { body } = endpoint;
    const example = exampleBody(endpoint);
    const declared = new Set(Object.keys(body?.shape ?? {}));
    const smuggled = Object.fromEntries(Object.entries(NOT_THE_CALLERS).filter(([name]) => !declared.has(name)));
    expect(Object.keys(smuggled).length).toBeGreaterThan(5);
    expect(body?.parse({ ...smuggled, ...example })).toEqual(body?.parse(example));
  });

  it('of the public API names none of what only staff and the system set', () => {
    const fields = ENDPOINTS.map(
      ({ id, ...endpoint }: EndpointSpec) =>
        [
          id,
          [endpoint.body, endpoint.query, endpoint.params].flatMap((schema) => Object.keys(schema?.shape ?? {})),
        ] as const,
    );
    const wrong = fields.filter(([, names]) => names.some((name) => Object.hasOwn(NOT_THE_CALLERS, name)));
    expect(wrong).toEqual([]);
  });
});
