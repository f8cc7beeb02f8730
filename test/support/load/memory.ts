import { existsSync, readFileSync } from 'node:fs';

/** What a process is at one moment. */
export interface Moment {
  /** What it holds of the memory, in bytes. */
  readonly rss: number;
  readonly threads: number;
}

/** As Linux tells it; nothing elsewhere, and when the process is gone. */
const momentOf = (pid: number): readonly Moment[] => {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return [];
  const status = readFileSync(file, 'utf8');
  const numberOf = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return [{ rss: numberOf('VmRSS') * 1024, threads: numberOf('Threads') }];
};

/** How many threads a process has now. */
export const threadsOf = (pid: number): number => momentOf(pid)[0]?.threads ?? 0;

const BETWEEN_MS = 200;

/** Takes down what a process holds until it is told to stop, which gives all that was taken down. */
export const watchMemory = (pid: number): { readonly stop: () => readonly Moment[] } => {
  const moments: Moment[] = [];
  const timer = setInterval(() => moments.push(...momentOf(pid)), BETWEEN_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return moments;
    },
  };
};

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** The medians of four parts of a time, the first first. */
export const quarters = (samples: readonly number[]): readonly number[] =>
  [0, 1, 2, 3].map((quarter) =>
    median(samples.slice((samples.length * quarter) / 4, (samples.length * (quarter + 1)) / 4)),
  );
