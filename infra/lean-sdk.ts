import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import * as z from 'zod';

/** Modules of the KMS client that esbuild cannot shake: each error that KMS knows is registered as the module loads. */
const KMS_SCHEMAS = /[\\/]@aws-sdk[\\/]client-kms[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/;

const ERRORS = /^export var \w+\$ = \[-3, n0, .*,(?:\n {4}.*)*\n\];\nn0_registry\.registerError\(.*\);$/gm;

/** Manifests that the clients import whole, for their version in the user agent. */
const MANIFESTS = /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/;

/** Other members are left out. */
const manifest = z.object({ version: z.string() });

/**
 * Leaves out of bundles what the AWS SDK carries and no function looks at.
 *
 * Errors of KMS are told by name here, and no member of theirs is read. One that is not registered is thrown as
 * `KMSServiceException` with the same name, message, status and metadata (`getErrorSchemaOrThrowBaseException` in
 * `@aws-sdk/core`); the SDK retries it alike, for it goes by name and status too. Without the registrations, 50 classes
 * and the schemas of all other operations are shaken off: 19 KB of each bundle with KMS.
 */
export const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup: (building) => {
    building.onLoad({ filter: KMS_SCHEMAS }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replaceAll(ERRORS, '');
      if (contents === source) throw new Error(`${path} registers its errors in a way that is not known here.`);
      return { contents, loader: 'js' };
    });
    building.onLoad({ filter: MANIFESTS }, async ({ path }) => {
      const read = manifest.parse(JSON.parse(await readFile(path, 'utf8')));
      return { contents: JSON.stringify(read), loader: 'json' };
    });
  },
};
