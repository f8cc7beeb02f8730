import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../../infra/local/settings.ts';

describe('readSettings', () => {
  it('has defaults', () => {
    expect(readSettings([], {})).toStrictEqual({
      fresh: false,
      empty: false,
      port: 3000,
      adminPort: 3001,
      dynamodbEndpoint: undefined,
      dataDirectory: undefined,
      functionsAs: 'threads',
    });
  });

  it('reads what is given', () => {
    const environment = {
      PORT: '0',
      ADMIN_PORT: '4001',
      DYNAMODB_ENDPOINT: 'http://x',
      LOCAL_DATA_DIRECTORY: '/data',
      FUNCTIONS_AS: 'processes',
    };
    expect(readSettings(['--fresh', '--empty'], environment)).toStrictEqual({
      fresh: true,
      empty: true,
      port: 0,
      adminPort: 4001,
      dynamodbEndpoint: 'http://x',
      dataDirectory: '/data',
      functionsAs: 'processes',
    });
  });

  it.each([
    [['--fersh'], {}, 'Unknown arguments: --fersh'],
    [[], { PORT: 'http' }, 'PORT is "http"'],
    [[], { ADMIN_PORT: '70000' }, 'ADMIN_PORT is "70000"'],
    [[], { PORT: '3001' }, 'both 3001'],
    [[], { FUNCTIONS_AS: 'fibers' }, 'one of: threads, processes'],
  ])('refuses %j with %j', (args, environment, message) => {
    expect(() => readSettings(args, environment)).toThrow(message);
  });
});
