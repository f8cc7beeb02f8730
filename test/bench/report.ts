import { median, medianByRound, spread } from './measure.ts';

/** One line of the result. */
export interface Row {
  readonly item: string;
  readonly measured: string;
  /** What it is held against, measured in the same run. */
  readonly floor: string;
  readonly ratio: string;
  readonly bound: string;
}

/** What all items are given. */
export interface BenchOptions {
  /** Fewer rounds: enough to see whether something is far off. */
  readonly quick: boolean;
  /** Says what is going on. */
  readonly note: (text: string) => void;
}

const HEADINGS: Row = { item: 'What', measured: 'Measured', floor: 'Against', ratio: 'Ratio', bound: 'Bound' };

const line = ({ item, measured, floor, ratio, bound }: Row): string =>
  `| ${[item, measured, floor, ratio, bound].join(' | ')} |`;

/** A table in Markdown. */
export const markdown = (rows: readonly Row[]): string =>
  [line(HEADINGS), '| --- | --- | --- | --- | --- |', ...rows.map(line)].join('\n');

/** A number with as many digits as it deserves. */
export const digits = (value: number): string =>
  value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

/** The median of samples with its unit and how far the middle half of them lies apart. */
export const typical = (samples: readonly number[], unit: string): string =>
  `${digits(median(samples))} ${unit} ±${Math.round(spread(samples) * 50)} %`;

/** A row of two kinds of samples, the second of them the floor. */
export const ratioRow = (
  item: string,
  measured: readonly number[],
  floor: readonly number[],
  { unit, bound }: { readonly unit: string; readonly bound: string },
): Row => ({
  item,
  measured: typical(measured, unit),
  floor: typical(floor, unit),
  ratio: digits(medianByRound(measured, floor, (one, other) => one / other)),
  bound,
});
