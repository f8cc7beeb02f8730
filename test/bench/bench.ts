import { parseArgs } from 'node:util';
import { argon2Row } from './argon2-cost.ts';
import { bundleSizeRows } from './bundle-sizes.ts';
import { arePeersInstalled, buildComparisons, type ComparisonBundles } from './bundles.ts';
import { coldStartRows } from './cold-start.ts';
import { gatewayRows } from './gateway-throughput.ts';
import { ledgerRows } from './ledger/throughput.ts';
import { type BenchOptions, markdown, type Row } from './report.ts';
import { signatureRows } from './signature-cost.ts';
import { startUpRows } from './start-up.ts';
import { startSubject, type Subject } from './subject.ts';
import { uploadRows } from './upload.ts';
import { warmCostRow } from './warm-cost.ts';

const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** What is measured over a running stack, by name. */
const OVER_STACK = {
  cold: coldStartRows,
  warm: async (subject, _comparisons, options) => [await warmCostRow(subject, options)],
  gateway: (subject, _comparisons, options) => gatewayRows(subject, options),
  sizes: (subject, comparisons) => Promise.resolve(bundleSizeRows(subject, comparisons)),
} as const satisfies Record<
  string,
  (subject: Subject, comparisons: ComparisonBundles, options: BenchOptions) => Promise<readonly Row[]>
>;

/** What is measured by itself, by name. */
const ALONE = {
  start: startUpRows,
  upload: uploadRows,
  argon2: async (options) => [await argon2Row(options)],
  signature: signatureRows,
  ledger: ledgerRows,
} as const satisfies Record<string, (options: BenchOptions) => Promise<readonly Row[]>>;

const stackRows = async (names: readonly string[], options: BenchOptions): Promise<readonly Row[]> => {
  const wanted = Object.entries(OVER_STACK).filter(([name]) => names.includes(name));
  if (wanted.length === 0) return [];
  const subject = await startSubject();
  const comparisons = await buildComparisons();
  const rows: Row[] = [];
  try {
    for (const [, measure] of wanted) rows.push(...(await measure(subject, comparisons, options)));
  } finally {
    comparisons.remove();
    await subject.stack.stop();
  }
  return rows;
};

const main = async (): Promise<void> => {
  const all = [...Object.keys(ALONE), ...Object.keys(OVER_STACK)];
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    note(`There is no ${unknown.join(', ')}. Usage: npm run bench [-- [--quick] [${all.join('|')} …]]`);
    process.exit(1);
  }
  const names = positionals.length > 0 ? positionals : all;
  const options: BenchOptions = { quick: values.quick, note };
  if (!arePeersInstalled()) {
    note('Express is not installed, so nothing is held against it. To have it: npm run bench:peers');
  }
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(ALONE)) if (names.includes(name)) rows.push(...(await measure(options)));
  rows.push(...(await stackRows(names, options)));
  process.stdout.write(`${markdown(rows)}\n`);
};

await main();
