import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** A file under `docs` that follows from the code, and is committed for people to read. */
export interface DerivedFile<N extends string = string> {
  readonly name: N;
  /** What it has to be now. */
  readonly text: () => string;
}

/** Files that are written by one command. */
export interface DerivedFiles<N extends string = string> {
  readonly files: readonly DerivedFile<N>[];
  /** Whose word they are, such as `the contracts`. */
  readonly source: string;
  /** What writes them anew. */
  readonly command: string;
}

const fileOf = (name: string): URL => new URL(`../../docs/${name}`, import.meta.url);

/** The first line in which two texts differ, counted from 1; 0 where they do not. */
export const firstDifference = (one: string, other: string): number => {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const longer = lines.length > others.length ? lines : others;
  return longer.findIndex((_, index) => lines[index] !== others[index]) + 1;
};

/** What to do about a committed file that is not what the code has; nothing where it is. */
export const complaintAbout = <N extends string>(
  { files, source, command }: DerivedFiles<N>,
  name: N,
  committed: string,
): string | undefined => {
  const file = files.find((one) => one.name === name);
  const line = file ? firstDifference(committed, file.text()) : 1;
  if (line === 0) return undefined;
  return `docs/${name} is not what ${source} say: they differ from line ${line} on. Run "${command}" and commit the file.`;
};

/** Writes the files; with `--check` compares the committed ones instead, and ends with 1 where one differs. */
export const writeOrCheck = (derived: DerivedFiles): void => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  for (const { name, text } of derived.files) {
    if (!values.check) {
      writeFileSync(fileOf(name), text());
      process.stdout.write(`Wrote docs/${name}.\n`);
      continue;
    }
    const complaint = complaintAbout(derived, name, readFileSync(fileOf(name), 'utf8'));
    if (complaint === undefined) continue;
    process.stderr.write(`${complaint}\n`);
    process.exitCode = 1;
  }
};
