import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../../infra/smoke/options.ts';
import { STAGES } from '../../../infra/stages.ts';

const SECRETS = { SMOKE_PASSWORD: 'a phrase that nobody guesses', SMOKE_TOTP_KEY: 'GEZDGNBVGY3TQOJQ' };

describe('the command line of npm run smoke', () => {
  it('tells the stage from its public address, and this machine is local', () => {
    expect(readOptions(['https://api.dev.bitgin.example/'], {})).toMatchObject({
      baseUrl: 'https://api.dev.bitgin.example',
      stage: STAGES.dev,
      timeoutMs: 35_000,
      mail: false,
    });
    expect(readOptions(['http://localhost:3300'], {})).toMatchObject({ stage: STAGES.local });
    const generated = 'https://abc123.execute-api.ap-northeast-1.amazonaws.com/api';
    expect(readOptions([generated, '--stage', 'dev'], {})).toMatchObject({ baseUrl: generated, stage: STAGES.dev });
  });

  it('takes the secrets of its user from the environment, the password as clients send it', () => {
    const options = readOptions(['http://127.0.0.1:3000', '--user', 'smoke'], SECRETS);
    expect(options).toMatchObject({
      user: {
        loginName: 'smoke',
        passwordDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        totpKey: SECRETS.SMOKE_TOTP_KEY,
      },
    });
    expect(JSON.stringify(options)).not.toContain(SECRETS.SMOKE_PASSWORD);
  });

  it.each([
    [[], {}, 'No address'],
    [['http://api.example.com'], {}, 'Give https://'],
    [['https://someone@api.example.com'], {}, 'Give https://'],
    [['https://api.example.com'], {}, '--stage NAME'],
    [['http://127.0.0.1', '--stage', 'qa'], {}, '--stage qa: use one of local,'],
    [['http://127.0.0.1', 'more'], {}, '"more"'],
    [['http://127.0.0.1', '--verbose'], {}, '--verbose'],
    [['http://127.0.0.1', '--timeout', '0'], {}, 'from 1 to 120'],
    [['http://127.0.0.1', '--user', 'smoke'], {}, 'SMOKE_PASSWORD'],
    [['http://127.0.0.1', '--user', 'smoke'], { ...SECRETS, SMOKE_TOTP_KEY: '019' }, 'base32'],
  ])('refuses %j', (args, environment, said) => {
    expect(() => readOptions(args, environment)).toThrow(said);
  });
});
