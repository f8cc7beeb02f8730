import { RETENTION, RETENTION_CATEGORIES, RETENTION_YEARS } from '../../shared/contracts/retention.ts';
import { STAGES } from '../stages.ts';
import { GENERATED } from './generated.ts';
import { markdownTable } from './markdown-table.ts';

const ENDS = {
  'at-once': 'When erasure is ordered',
  'when-due': `${RETENTION_YEARS} years after the account was closed`,
  'by-itself': 'By itself',
  kept: 'Kept',
} as const;

const retentionRows = RETENTION_CATEGORIES.map((category) => {
  const { what, where, erased, ground } = RETENTION[category];
  return [what, where, ENDS[erased], ground];
});

const stageRows = Object.values(STAGES).map(({ name, logRetentionDays, auditRetention }) => [
  name,
  `${logRetentionDays} days`,
  `${auditRetention.days} days, ${auditRetention.mode}`,
]);

/** What is kept of a person, and how long. */
export const retentionPage = (): string => `# What is kept of a person, and how long

${GENERATED} The rules, with the law they rest on, are \`shared/contracts/retention.ts\`; \`npm run admin -- users erase\` acts by
them, and \`test/integration/staff/erasure.test.ts\` erases a customer who has all of it and searches every table.

${markdownTable(['What', 'Where', 'Erased', 'Ground'], retentionRows)}

${markdownTable(['Stage', 'Logs', 'Archive of the audit'], stageRows)}
`;
