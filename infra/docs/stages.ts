import { STAGE_CATALOGUE } from '../stage-catalogue.ts';
import { STAGE_NAMES, STAGES } from '../stages.ts';
import { GENERATED } from './generated.ts';
import { markdownTable } from './markdown-table.ts';

const INTRODUCTION = `# Stages

${GENERATED}

Stages differ in what stands here and in nothing else. [infra/stages.ts](../infra/stages.ts) decides it.`;

type Path = readonly string[];

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
export const stagesPage = (): string => {
  const settings = Object.entries(STAGE_CATALOGUE);
  const values = settings
    .filter(([name]) => name !== 'name')
    .flatMap(([name]) => leavesOf([name]))
    .map((path) => [`\`${path.join('.')}\``].concat(STAGE_NAMES.map((name) => cellOf(valueAt(STAGES[name], path)))));
  return [
    INTRODUCTION,
    markdownTable(
      ['Setting', 'What it decides'],
      settings.map(([name, sentence]) => [`\`${name}\``, sentence]),
    ),
    '## Values',
    markdownTable(['Setting', ...STAGE_NAMES], values),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
};
