/** A requirement of the standard. */
export interface Requirement {
  readonly id: string;
  readonly level: number;
  readonly about: string;
}

/** The titles of the tests in a file; `undefined` where there is no such file. */
export type TitlesOf = (file: string) => readonly string[] | undefined;

/** Shorter is no reason. */
const SHORTEST_REASON = 20;

const REASON = /^(?:Deviation|Not applicable): (.+)$/;
const REFERENCE = /^`(test\/[^`]+)` › "(.+)"$/;
const TEST_FILE = /^test\/(?:unit|contract|infra|integration|e2e)\/.+\.test\.ts$/;
const LABEL = /^(\d+\.\d+\.\d+) \(L([12])\)$/;

const idOf = ([label = '']: readonly string[]): string | undefined => LABEL.exec(label)?.[1];

/** What is wrong with one part of the last cell, a test or a reason. */
const partProblem = (part: string, titlesOf: TitlesOf): string | undefined => {
  const reason = REASON.exec(part)?.[1];
  if (reason !== undefined) {
    return reason.length < SHORTEST_REASON ? `gives no reason that says anything: ${part}` : undefined;
  }
  const [, file, title] = REFERENCE.exec(part) ?? [];
  if (file === undefined || title === undefined) return `has neither a test nor a reason in: ${part || '(nothing)'}`;
  const titles = TEST_FILE.test(file) ? titlesOf(file) : undefined;
  if (!titles) return `names ${file}, which is no test file`;
  const times = titles.filter((one) => one === title).length;
  if (times === 0) return `names a test that ${file} does not have, or does not always run: ${title}`;
  return times === 1 ? undefined : `names a test whose title ${file} has ${times} times: ${title}`;
};

const partsOf = ([, , , proof = '']: readonly string[]): readonly string[] =>
  proof.split('<br>').map((part) => part.trim());

const rowProblems = (
  row: readonly string[],
  requirements: readonly Requirement[],
  titlesOf: TitlesOf,
): readonly string[] => {
  const [label = '', asks = '', how = ''] = row;
  const known = requirements.some(({ id, level }) => label === `${id} (L${level})`);
  if (!known) return [`${label} is no requirement of these levels and chapters`];
  const empty = asks === '' || how === '' ? [`${label} does not say what it asks and how we meet it`] : [];
  const problems = partsOf(row).map((part) => partProblem(part, titlesOf));
  return [...empty, ...problems.flatMap((problem) => (problem === undefined ? [] : [`${label} ${problem}`]))];
};

/** Everything that is wrong with a map: rows are requirement, what it asks, how we meet it, proof or reason. */
export const mapProblems = (
  rows: readonly (readonly string[])[],
  requirements: readonly Requirement[],
  titlesOf: TitlesOf,
): readonly string[] => {
  const counts = requirements.map((one) => ({ ...one, times: rows.filter((row) => idOf(row) === one.id).length }));
  return [
    ...counts.flatMap(({ id, level, about, times }) => {
      if (times === 1) return [];
      return times === 0 ? [`${id} (L${level}) is missing: ${about}`] : [`${id} (L${level}) is listed ${times} times`];
    }),
    ...rows.flatMap((row) => rowProblems(row, requirements, titlesOf)),
  ];
};

/** The requirements that some row deviates from. */
export const deviationsIn = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.flatMap((row) => (partsOf(row).some((part) => part.startsWith('Deviation: ')) ? [idOf(row) ?? ''] : []));
