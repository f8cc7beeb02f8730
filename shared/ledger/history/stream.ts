import type { AssetName } from '../../contracts/assets.ts';

/** Buys and sells, and what comes in and goes out. */
export const ROW_CLASSES = ['TRADE', 'FLOW'] as const;

export type RowClass = (typeof ROW_CLASSES)[number];

/** Rows of one class and asset, which are stored together. A page of the history merges several. */
export interface Stream {
  readonly class: RowClass;
  readonly asset: AssetName;
}

/** Every stream of the given classes and assets. */
export const streamsOf = (classes: readonly RowClass[], assets: readonly AssetName[]): readonly Stream[] =>
  classes.flatMap((one) => assets.map((asset) => ({ class: one, asset })));
