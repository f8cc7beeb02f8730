import { readdirSync, readFileSync } from 'node:fs';

const parentOf = (pid: string): string | undefined => {
  try {
    // The name in brackets may hold anything, so what counts starts after the last bracket.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1];
  } catch {
    return undefined;
  }
};

/** A process and everything below it. */
const treeOf = (root: string): readonly string[] => {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((pid) => [pid, parentOf(pid)]));
  const below = (pid: string): readonly string[] => [
    pid,
    ...all.filter((other) => parents.get(other) === pid).flatMap(below),
  ];
  return below(root);
};

/** Proportional set size in bytes: what processes share counts once. */
const sizeOf = (pid: string): number => {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
};

/** Memory of a process and everything below it, in bytes; undefined where the system does not tell. */
export const memoryOf = (pid: number): number | undefined =>
  process.platform === 'linux' ? treeOf(String(pid)).reduce((sum, one) => sum + sizeOf(one), 0) : undefined;
