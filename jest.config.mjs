import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Worker processes inherit it: what one test file has synthesized, the others of the same run read.
process.env.SYNTHESIS_CACHE ??= join(tmpdir(), `synthesis-${process.pid}`);

const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/(build|cdk.out|\\.local)'],
};

const suite = (name, extra = {}) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  ...extra,
});

export default {
  globalTeardown: '<rootDir>/test/support/forget-synthesis.mjs',
  projects: [suite('unit'), suite('contract'), suite('infra'), suite('integration'), suite('stress'), suite('e2e')],
  testTimeout: 60_000,
  // One file's stack waits for its emulators while another's computes; with one fewer, two cores take twice as long.
  maxWorkers: 2,
};
