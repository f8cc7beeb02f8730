import { effectiveUses } from '../../shared/contracts/effective-uses.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import {
  BUCKET_NAMES,
  BUCKETS,
  FINGERPRINT_PURPOSE_NAMES,
  SECRET_PURPOSE_NAMES,
  SECRET_PURPOSES,
  TABLE_NAMES,
  TABLES,
  type Uses,
} from '../../shared/contracts/resources.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';
import { GENERATED } from './generated.ts';
import { markdownTable } from './markdown-table.ts';

/** Every function with what its policy is made of (`infra/grants.ts`): what its contract declares, the shared stack's included. */
const FUNCTIONS: readonly { readonly id: string; readonly uses: Uses }[] = [
  ...[...ENDPOINTS, ...STAFF_ENDPOINTS].map((endpoint) => ({ id: endpoint.id, uses: effectiveUses(endpoint) })),
  ...JOBS.map(({ id, uses, stream }) => ({ id, uses: stream ? { [stream.table]: ['get'], ...uses } : uses })),
];

const who = (may: (uses: Uses) => boolean): string => {
  const ids = FUNCTIONS.filter(({ uses }) => may(uses)).map(({ id }) => `\`${id}\``);
  return ids.length === 0 ? 'none' : ids.toSorted().join(', ');
};

const secretRows = SECRET_PURPOSE_NAMES.map((purpose) => [
  `\`purpose=${SECRET_PURPOSES[purpose]}\``,
  who(({ secrets }) => secrets?.[purpose]?.includes('decrypt') ?? false),
  who(({ secrets }) => secrets?.[purpose]?.includes('encrypt') ?? false),
]);

const fingerprintRows = FINGERPRINT_PURPOSE_NAMES.map((purpose) => [
  `\`${purpose}\``,
  who(({ fingerprints }) => fingerprints?.[purpose] !== undefined),
]);

const tableRows = TABLE_NAMES.filter((name) => TABLES[name].durable).map((name) => [
  `\`${name}\``,
  who((uses) => uses[name]?.some((action) => action !== 'put' && action !== 'append') ?? false),
  who((uses) => uses[name]?.every((action) => action === 'put' || action === 'append') ?? false),
]);

const bucketRows = BUCKET_NAMES.map((name) => [
  `\`${BUCKETS[name].purpose}/${BUCKETS[name].prefix}\``,
  who(({ buckets }) => buckets?.[name]?.some((action) => action === 'get' || action === 'link') ?? false),
  who(({ buckets }) => buckets?.[name]?.some((action) => action !== 'get' && action !== 'link') ?? false),
]);

/** Who can decrypt what, as functions declare it. */
export const whoCanDecryptPage = (): string => `# Who can decrypt what

${GENERATED}

A function's policy is made of what its contract declares (\`uses\`, \`infra/grants.ts\`), and \`test/infra/secrets.test.ts\` and
\`test/infra/policies.test.ts\` hold the synthesized templates against it. People have no grant at all: whoever deploys can
make one, which CloudTrail records.

## The key of secrets

Each value is encrypted under the KMS key \`alias/bitgin-<stage>-secrets\` with an encryption context: the purpose, which the
grant names, and table, key and field, by which a value that was moved elsewhere cannot be decrypted.

${markdownTable(['Encryption context', 'Decrypt', 'Encrypt'], secretRows)}

## The key of fingerprints

It makes and compares; nothing turns a fingerprint back.

${markdownTable(['Fingerprints of', 'Make'], fingerprintRows)}

## The key of tables and documents

DynamoDB and S3 use \`alias/bitgin-<stage>\` in the name of who reads a table or bucket, and of nobody else (\`kms:ViaService\`).
Who reads a table finds the values above as ciphertexts.

${markdownTable(['Table', 'Read or change', 'Only add'], tableRows)}

${markdownTable(['Objects under', 'Read', 'Write or delete'], bucketRows)}
`;
