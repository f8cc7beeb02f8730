import Table from 'cli-table3';

type Cell = string | number | boolean | null | undefined;

/** Anything that could move a terminal's cursor or colour it; names and reasons come from people. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

const shown = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '-';
  return String(cell).replace(CONTROL, ' ');
};

/** No colours: what is printed goes into files and mails too. */
const PLAIN = { head: [], border: [] };

/** A table with a head. */
export const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const drawn = new Table({ head: [...head], style: PLAIN });
  drawn.push(...rows.map((row) => row.map(shown)));
  return drawn.toString();
};

/** One thing, a line each fact. */
export const facts = (rows: readonly (readonly [name: string, value: Cell])[]): string => {
  const drawn = new Table({ style: PLAIN });
  drawn.push(...rows.map((row) => row.map(shown)));
  return drawn.toString();
};

/** Epoch milliseconds as a time of UTC, to the second. */
export const time = (at: number | null): string =>
  at === null ? '-' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
