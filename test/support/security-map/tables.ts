/** A table of a Markdown page. Cells are as written, without the spaces around them. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const isRow = (line: string): boolean => line.startsWith('|');

const cellsOf = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));

/** The tables of a page, in order. */
export const tablesOf = (markdown: string): readonly Table[] => {
  const blocks = markdown.split(/\n\s*\n/).map((block) => block.split('\n').filter(isRow));
  return blocks.flatMap(([header, _rule, ...rows]) =>
    header === undefined ? [] : [{ header: cellsOf(header), rows: rows.map(cellsOf) }],
  );
};

/** The rows of every table whose first column has that name. */
export const rowsUnder = (markdown: string, column: string): readonly (readonly string[])[] =>
  tablesOf(markdown)
    .filter(({ header }) => header[0] === column)
    .flatMap(({ rows }) => rows);

/** What a cell has in code quotes. */
export const codesIn = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
