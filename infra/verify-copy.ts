import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parseArgs } from 'node:util';
import type { Cursor } from '../shared/ledger/verify/cursor.ts';
import type { Problem } from '../shared/ledger/verify/problem.ts';
import { mergeSums, noSums, type Sums } from '../shared/ledger/verify/sums.ts';
import { type Checked, noneChecked, verifyPart } from '../shared/ledger/verify/verify.ts';
import { CALL_LIMITS } from '../shared/platform/aws-clients.ts';
import { systemClock } from '../shared/platform/clock.ts';
import { systemRandom } from '../shared/platform/random.ts';
import { createTable } from '../shared/platform/table.ts';
import { told, UsageError } from './admin/errors.ts';

/** What a pass over a copy found. */
export interface CopyReport {
  readonly checked: Checked;
  readonly sums: Sums;
  readonly problems: readonly Problem[];
}

/** Items and problems of a part: what is in memory at once. */
const PART = { until: Infinity, items: 100_000, problems: 1000 } as const;

/**
 * Proves a ledger that lies under any name, such as one that was restored to a moment, with the same rules as the
 * reconciler. It only reads.
 */
export const verifyCopy = async (client: DynamoDBDocumentClient, table: string): Promise<CopyReport> => {
  const platform = { clock: systemClock, random: systemRandom, tables: { ledger: createTable(client, table) } };
  const checked = noneChecked();
  const sums = noSums();
  const problems: Problem[] = [];
  let from: Cursor | undefined;
  do {
    const part = await verifyPart(platform, from, PART);
    problems.push(...part.problems);
    for (const [name, count] of Object.entries(part.checked)) if (isChecked(name)) checked[name] += count;
    mergeSums(sums, part.sums);
    from = part.next ?? undefined;
  } while (from);
  return { checked, sums, problems };
};

const isChecked = (name: string): name is keyof Checked => Object.hasOwn(noneChecked(), name);

const USAGE = 'Say which table: node infra/verify-copy.ts --table <name> --region <region> [--endpoint <url>]';

const asked = () => {
  const string = { type: 'string' } as const;
  try {
    return parseArgs({ options: { table: string, region: string, endpoint: string } }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
};

const main = async (): Promise<void> => {
  const { table, region, endpoint } = asked();
  if (table === undefined || region === undefined) throw new UsageError(USAGE);
  const raw = new DynamoDBClient({ ...CALL_LIMITS, region, ...(endpoint !== undefined && { endpoint }) });
  const { checked, problems } = await verifyCopy(DynamoDBDocumentClient.from(raw), table);
  for (const [name, count] of Object.entries(checked)) process.stdout.write(`${name}: ${count}\n`);
  for (const { kind, where, detail } of problems) process.stdout.write(`${kind} at ${where}: ${detail}\n`);
  const proved =
    checked.unsettled === 0 ? 'Nothing is wrong.' : `Nothing wrong was found; ${checked.unsettled} not proved.`;
  process.stdout.write(problems.length === 0 ? `${proved}\n` : `${problems.length} problems.\n`);
  if (problems.length > 0) process.exitCode = 1;
};

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${told(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
