import { join } from 'node:path';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { ROOT } from '../../infra/bundles.ts';
import type { SecretPlace } from '../../shared/platform/secrets.ts';
import { withResources } from '../unit/infra/local/added-resources.ts';
import { ECHO, temporaryDirectory, writeFixtureAssembly } from '../unit/infra/local/fixture-assembly.ts';
import { serverTiming, startTestStack } from './local-stack.ts';

/** What a request tells the function to do with a secret, over the platform that real functions have. */
const SOURCE = `
  import { secretsService } from './shared/platform/secrets-service.ts';
  const declared = { totp: ['encrypt', 'decrypt'] };
  const { totp } = secretsService.createSecrets(secretsService.keyService(), process.env.SECRETS_KEY, declared);
  export const handler = async ({ body }) => {
    const { method, value, place } = JSON.parse(body);
    const outcome = await totp[method](value, place).then(
      (done) => ({ done: done.toString() }),
      ({ name, message }) => ({ name, message }),
    );
    return { statusCode: 200, body: JSON.stringify(outcome) };
  };`;

const bundle = (): string => {
  const stdin = { contents: SOURCE, loader: 'ts', resolveDir: ROOT } as const;
  const [file] = buildSync({ stdin, bundle: true, platform: 'node', format: 'cjs', write: false }).outputFiles;
  return file?.text ?? '';
};

/** A role that may use the key for secrets of one purpose, and its policy. */
const roleFor = (name: string, purpose: string, actions: readonly string[]) => ({
  [`${name}Role`]: { Type: 'AWS::IAM::Role' },
  [`${name}Policy`]: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      Roles: [{ Ref: `${name}Role` }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: actions,
            Resource: { 'Fn::GetAtt': ['Secrets', 'Arn'] },
            Condition: { StringEquals: { 'kms:EncryptionContext:purpose': purpose } },
          },
        ],
      },
    },
  },
});

const keyResources = {
  Secrets: { Type: 'AWS::KMS::Key' },
  SecretsAlias: {
    Type: 'AWS::KMS::Alias',
    Properties: { AliasName: 'alias/fixture-secrets', TargetKeyId: { 'Fn::GetAtt': ['Secrets', 'Arn'] } },
  },
};

const outcome = z.object({
  done: z.string().optional(),
  name: z.string().optional(),
  message: z.string().optional(),
});

/**
 * A stack with a key and three functions that use the platform's secrets: `keeper` may encrypt and decrypt those of the
 * purpose that they have, `reader` may decrypt them, `stranger` may do both with those of another purpose.
 */
export const startKmsStack = async () => {
  const dataDirectory = join(temporaryDirectory(), 'data');
  const source = bundle();
  const variables = { SECRETS_KEY: { Ref: 'SecretsAlias' } };
  const functionOf = (name: string) => ({ source, variables, timeoutSeconds: 20, role: `${name}Role` });
  const functions = Object.fromEntries(['keeper', 'reader', 'stranger'].map((name) => [name, functionOf(name)]));
  const assembly = withResources(writeFixtureAssembly({ ...functions, fallback: ECHO }), 'functions', {
    ...keyResources,
    ...roleFor('keeper', 'totp', ['kms:Encrypt', 'kms:Decrypt']),
    ...roleFor('reader', 'totp', ['kms:Decrypt']),
    ...roleFor('stranger', 'identity', ['kms:Encrypt', 'kms:Decrypt']),
  });
  let stack = await startTestStack({ assembly, dataDirectory });
  return {
    keyFile: join(dataDirectory, 'kms.json'),
    /** Lets a function encrypt or decrypt; tells what came of it, and which calls it took. */
    ask: async (name: string, method: 'encrypt' | 'decrypt', value: string, place: SecretPlace) => {
      const answer = await stack.call('POST', `/${name}`, { body: { method, value, place } });
      return { ...outcome.parse(answer.body), calls: serverTiming(answer).calls };
    },
    iamLines: () => stack.logs().filter((line) => line.startsWith('IAM: ')),
    fault: (mode: string, more: object = {}) => stack.fault({ service: 'kms', mode, ...more }),
    struck: () => stack.struck('kms'),
    restart: async (): Promise<void> => {
      await stack.stop();
      stack = await startTestStack({ assembly, dataDirectory });
    },
    stop: () => stack.stop(),
  };
};
