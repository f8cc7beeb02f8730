import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { firstDifference } from './openapi.ts';
import { STAGE_CATALOGUE } from './stage-catalogue.ts';
import { STAGE_NAMES, STAGES } from './stages.ts';

const FILE = new URL('../docs/stages.md', import.meta.url);

const INTRODUCTION = `# Stages

Stages differ in what stands here and in nothing else. \`npm run stages\` writes this page from
[infra/stages.ts](../infra/stages.ts), which decides; \`npm run check\` fails while the two differ.`;

type Row = readonly string[];
type Path = readonly string[];

/** A markdown table, its columns as wide as their widest cell, which is how the formatter leaves it. */
const tableOf = (header: Row, rows: readonly Row[]): string => {
  const widths = header.map((_, column) => Math.max(3, ...[header, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (cells: Row): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const cellOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((item) => `\`${item}\``).join(', ') || 'none';
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain ? `\`${value}\`` : '–';
};

/** The value at a path; undefined where the stage has none. */
const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (isGroup(inner) ? inner[key] : undefined), value);

/** The paths of every value that any stage has under a path. */
const leavesOf = (path: Path): readonly Path[] => {
  const groups = Object.values(STAGES)
    .map((stage) => valueAt(stage, path))
    .filter(isGroup);
  const keys = new Set(groups.flatMap((group) => Object.keys(group)));
  return keys.size === 0 ? [path] : [...keys].flatMap((key) => leavesOf([...path, key]));
};

/** The text of the page as the stages are now. */
export const renderStages = (): string => {
  const settings = Object.entries(STAGE_CATALOGUE);
  const values = settings
    .filter(([name]) => name !== 'name')
    .flatMap(([name]) => leavesOf([name]))
    .map((path) => [`\`${path.join('.')}\``].concat(STAGE_NAMES.map((name) => cellOf(valueAt(STAGES[name], path)))));
  return [
    INTRODUCTION,
    tableOf(
      ['Setting', 'What it decides'],
      settings.map(([name, sentence]) => [`\`${name}\``, sentence]),
    ),
    '## Values',
    tableOf(['Setting', ...STAGE_NAMES], values),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
};

/** Compares the committed page with the stages; returns what to do where they differ. */
export const checkStages = (committed: string): string | undefined => {
  const line = firstDifference(committed, renderStages());
  if (line === 0) return undefined;
  return `docs/stages.md is not what the stages say: they differ from line ${line} on. Run "npm run stages" and commit the file.`;
};

const main = (): void => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  if (!values.check) {
    writeFileSync(FILE, renderStages());
    process.stdout.write('Wrote docs/stages.md.\n');
    return;
  }
  const complaint = checkStages(readFileSync(FILE, 'utf8'));
  if (complaint === undefined) return;
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
};

if (import.meta.main) main();
