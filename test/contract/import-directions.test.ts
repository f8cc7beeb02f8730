import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The folders that a folder may import from, its own included, and the packages it may use. */
interface Layer {
  readonly folders: readonly string[];
  readonly packages: RegExp;
}

const DOMAINS = ['shared/identity/', 'shared/kyc/', 'shared/market/', 'shared/mail/', 'shared/ledger/'];

/** What every domain may use of mail: how a mail is queued, what it says, and what is asked of who makes its secrets. */
const MAIL = ['outbox', 'notices', 'verification-mail', 'delivery'].map((name) => `shared/mail/${name}.ts`);

/** Pure rules of one domain that others hold to as well. */
const RULES = ['shared/identity/phone.ts'];

/**
 * What the ledger may ask of other domains: who is calling, whether money may leave and reach them, the second factor
 * that goes into its transaction, and prices.
 */
const ASKED_BY_LEDGER = [
  ...[
    'acting',
    'factor/recovery',
    'factor/second-factor',
    'factor/factor-store',
    'money-parties',
    'permissions',
    'session-store',
    'user',
  ].map((name) => `shared/identity/${name}.ts`),
  'shared/market/ticker-store.ts',
];

const domainLayer = (domain: string): Layer => ({
  folders: [domain, ...MAIL, ...RULES, 'shared/contracts/', 'shared/platform/'],
  packages:
    /^(zod\/mini|node:.*|pureimage|jpeg-js|bowser|libphonenumber-js\/mobile|big\.js|otpauth|sharp|@cantoo\/pdf-lib)$/,
});

/**
 * Imports point one way: functions → http → domains → platform → contracts. The longest matching folder decides.
 * What ends in a bundle takes `zod/mini`: classic `zod` adds 70 KB and 10 ms of cold start to every function.
 */
const LAYERS: Readonly<Record<string, Layer>> = {
  'shared/contracts/': { folders: ['shared/contracts/'], packages: /^zod\/mini$/ },
  'shared/platform/': {
    folders: ['shared/platform/', 'shared/contracts/'],
    packages: /^(zod\/mini|hash-wasm|aws-lambda|node:.*|@aws-sdk\/.*)$/,
  },
  // What zod/mini leaves out, and nothing else of it.
  'shared/platform/compiled-schema.ts': { folders: [], packages: /^zod\/(mini|v4\/core)$/ },
  ...Object.fromEntries(DOMAINS.map((domain) => [domain, domainLayer(domain)])),
  'shared/ledger/': {
    ...domainLayer('shared/ledger/'),
    folders: [...domainLayer('shared/ledger/').folders, ...ASKED_BY_LEDGER],
  },
  // Above the domains: what staff do is done to all of them.
  'shared/staff/': {
    folders: ['shared/staff/', 'shared/mail/', ...DOMAINS, 'shared/platform/', 'shared/contracts/'],
    packages: /^(zod\/mini|node:.*|big\.js)$/,
  },
  'shared/http/': {
    folders: [
      'shared/http/',
      'shared/staff/',
      'shared/identity/',
      'shared/ledger/idempotency-store.ts',
      'shared/platform/',
      'shared/contracts/',
    ],
    packages: /^(zod\/mini|aws-lambda|node:.*|@middy\/.*|@fastify\/busboy)$/,
  },
  // Goes into programs of others: of the contracts it has the types, and a build the routes.
  'shared/client/': { folders: ['shared/client/', 'shared/contracts/'], packages: /^zod\/mini$/ },
  'functions/': {
    folders: ['shared/', 'docs/openapi.json'],
    packages: /^node:.*/,
  },
  'infra/': { folders: ['infra/', 'shared/client/', 'shared/contracts/'], packages: /.*/ },
  // Proves a restored ledger by the rules of the functions, and by no copy of them.
  'infra/verify-copy.ts': {
    folders: ['infra/', 'shared/ledger/verify/', 'shared/platform/', 'shared/contracts/'],
    packages: /.*/,
  },
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly relative: boolean;
}

/** Every import of a file, types included. The formatter leaves one form of each. */
const importsOf = (file: string): readonly Import[] => {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return [...source.matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => {
    const relative = specifier.startsWith('.');
    return { file, relative, target: relative ? normalize(join(dirname(file), specifier)) : specifier };
  });
};

const layerOf = (file: string): Layer | undefined => {
  const folder = Object.keys(LAYERS)
    .filter((candidate) => file.startsWith(candidate))
    .toSorted((a, b) => b.length - a.length)[0];
  return folder === undefined ? undefined : LAYERS[folder];
};

const isAllowed = ({ file, target, relative }: Import): boolean => {
  const layer = layerOf(file);
  if (!layer) return false;
  return relative ? layer.folders.some((folder) => target.startsWith(folder)) : layer.packages.test(target);
};

const sources = globSync(['functions/**/*.ts', 'shared/**/*.ts', 'infra/**/*.ts'], { cwd: ROOT })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.d.ts'));

describe('imports', () => {
  it('point one way', () => {
    const wrong = sources.flatMap(importsOf).filter((one) => !isAllowed(one));
    expect(wrong.map(({ file, target }) => `${file} must not import ${target}`)).toEqual([]);
  });

  it.each([
    ['shared/contracts/registry.ts', 'shared/platform/clock.ts', true],
    ['shared/identity/login.ts', 'shared/http/envelope.ts', true],
    ['shared/identity/login.ts', 'shared/mail/queued-mail.ts', true],
    ['shared/mail/delivery.ts', 'shared/identity/freeze-code.ts', true],
    ['shared/ledger/transfer/send.ts', 'shared/identity/user-store.ts', true],
    ['shared/identity/login.ts', 'shared/ledger/balances.ts', true],
    ['shared/identity/login.ts', '@aws-sdk/client-dynamodb', false],
    ['shared/http/answer.ts', 'functions/auth/login.ts', true],
    ['infra/app.ts', 'functions/auth/login.ts', true],
    ['shared/contracts/registry.ts', 'node:fs', false],
    ['shared/contracts/fields.ts', 'zod', false],
    ['shared/identity/user.ts', 'zod', false],
    ['shared/http/validate.ts', 'zod/v4', false],
    ['functions/auth/login.ts', 'zod', false],
  ])('from %s to %s would be refused', (file, target, relative) => {
    expect(isAllowed({ file, target, relative })).toBe(false);
  });

  it('are seen in every form', () => {
    expect(importsOf('shared/http/endpoint-handler.ts').length).toBeGreaterThan(10);
    expect(sources.flatMap(importsOf).some(({ target }) => target === 'hash-wasm')).toBe(true);
  });
});

describe('the environment', () => {
  it('is read in one place', () => {
    const readers = sources
      .filter((file) => !file.startsWith('infra/'))
      .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['shared/platform/env.ts']);
  });
});

describe('modules', () => {
  it('do nothing when they are imported: no function needs an environment until it is called', async () => {
    const functions = globSync('functions/*/*.ts', { cwd: ROOT });
    expect(functions.length).toBeGreaterThan(5);
    for (const file of functions) {
      const module: unknown = await import(join(ROOT, file));
      expect(module).toHaveProperty('handler');
    }
  });
});
