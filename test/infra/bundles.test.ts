import { globSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build, type Metafile } from 'esbuild';
import { bundleOptions } from '../../infra/build.ts';
import { ROOT } from '../../infra/bundles.ts';
import { effectiveUses } from '../../shared/contracts/effective-uses.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { JOBS, type JobSpec } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';

/** What the build would put into bundles, by function id: every file that leaves at least a byte there. */
let contents: ReadonlyMap<string, readonly string[]>;

/** What bundles expect to find beside them, by function id: packages, none of them Node's own. */
let beside: ReadonlyMap<string, readonly string[]>;

const idOf = (bundle: string): string => bundle.replace(/^build\/functions\/(.+)\/index\.js$/, '$1').replace('/', '.');

const filesOf = ({ inputs }: Metafile['outputs'][string]): readonly string[] =>
  Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0);

const packagesOf = ({ imports }: Metafile['outputs'][string]): readonly string[] => [
  ...new Set(imports.filter(({ external, path }) => external && !isBuiltin(path)).map(({ path }) => path)),
];

beforeAll(async () => {
  const functions = globSync('functions/*/*.ts', { cwd: ROOT });
  const { metafile } = await build(bundleOptions(ROOT, functions));
  const outputs = Object.entries(metafile.outputs);
  contents = new Map(outputs.map(([bundle, output]) => [idOf(bundle), filesOf(output)]));
  beside = new Map(outputs.map(([bundle, output]) => [idOf(bundle), packagesOf(output)]));
});

const contractOf = (id: string): string => `shared/contracts/endpoints/${id.replace('.', '/')}.ts`;

describe('a bundle', () => {
  it('holds what validates, and nothing that writes JSON Schema or speaks other languages', () => {
    const all = [...contents.values()].flat();
    expect(all.some((file) => file.includes('zod/v4/mini/'))).toBe(true);
    const heavy = all.filter((file) => /zod\/v4\/(?:classic|locales)\/|zod\/.*json-schema/.test(file));
    expect(new Set(heavy)).toEqual(new Set());
  });

  it('evaluates no contract but its own', () => {
    const contracts = new Set(ENDPOINTS.map(({ id }) => contractOf(id)));
    const held = ENDPOINTS.map(({ id }) => [id, contents.get(id)?.filter((file) => contracts.has(file))]);
    expect(held).toEqual(ENDPOINTS.map(({ id }) => [id, [contractOf(id)]]));
  });

  it('leaves out native packages where they are declared, and no other package anywhere', () => {
    const declared = ENDPOINTS.map((endpoint: EndpointSpec) => [endpoint.id, endpoint.native ?? []] as const);
    expect(declared.filter(([, native]) => native.length > 0).map(([id]) => id)).toEqual([
      'kyc.image',
      'kyc.apply-level-3',
      'kyc.image-complete',
    ]);
    const expected = new Map<string, readonly string[]>(declared);
    expect([...beside].filter(([id, packages]) => packages.join() !== (expected.get(id) ?? []).join())).toEqual([]);
  });

  it('holds what reads forms and documents only where they are taken', () => {
    const holders = (part: string) =>
      [...contents].filter(([, files]) => files.some((file) => file.includes(part))).map(([id]) => id);
    expect(holders('node_modules/@fastify/busboy/').toSorted()).toEqual(['kyc.apply-level-3', 'kyc.image']);
    const documents = ['kyc.apply-level-3', 'kyc.image', 'kyc.image-complete'];
    expect(holders('node_modules/@cantoo/pdf-lib/').toSorted()).toEqual(documents);
    expect(holders('node_modules/@aws-sdk/s3-presigned-post/').toSorted()).toContain('kyc.image-upload-url');
    expect(holders('node_modules/@aws-sdk/s3-presigned-post/')).not.toContain('kyc.image');
  });

  it('holds what checks signatures exactly where API keys are accepted, and KMS only where secrets are kept or read', () => {
    const holders = (part: string) =>
      [...contents].filter(([, files]) => files.some((file) => file.includes(part))).map(([id]) => id);
    const keyed = ENDPOINTS.filter(({ apiKey }) => apiKey !== false).map(({ id }) => id);
    expect(holders('shared/http/api-key/signature.ts').toSorted()).toEqual(keyed.toSorted());
    const all: readonly EndpointSpec[] = [...ENDPOINTS, ...STAFF_ENDPOINTS];
    const sealing = all.filter((endpoint) => {
      const { secrets, fingerprints } = effectiveUses(endpoint);
      return secrets !== undefined || fingerprints !== undefined;
    });
    const jobs = JOBS.filter(({ uses }: JobSpec) => uses.secrets ?? uses.fingerprints);
    const declared = [...sealing, ...jobs].map(({ id }) => id);
    expect(holders('node_modules/@aws-sdk/client-kms/').toSorted()).toEqual(declared.toSorted());
  });

  it('holds the common passwords only where a password is set', () => {
    const file = 'shared/identity/common-password-digests.ts';
    const holders = [...contents].filter(([, files]) => files.includes(file)).map(([id]) => id);
    expect(holders.toSorted()).toEqual(['account.change-password', 'account.forget-password', 'auth.register']);
  });
});
