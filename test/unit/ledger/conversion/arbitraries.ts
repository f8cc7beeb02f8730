import * as fc from 'fast-check';
import { type AssetName, ASSETS, QUOTE_ASSET } from '../../../../shared/contracts/assets.ts';
import { ASSET_NAMES } from '../../../../shared/ledger/account.ts';
import type { Priced, Rate } from '../../../../shared/ledger/conversion/conversion.ts';
import { ONE, type Ratio } from '../../../../shared/ledger/conversion/ratio.ts';

/** Prices and spreads as fractions have eight decimals. */
export const SCALE = 10n ** 8n;

/** A rate, and the whole numbers that it was made of. */
export interface DrawnRate {
  readonly rate: Rate;
  /** Prices in 10⁻⁸ TWD. */
  readonly fromPrice: bigint;
  readonly toPrice: bigint;
  /** In 10⁻⁸. */
  readonly spread: bigint;
}

const scaled = (numerator: bigint): Ratio => ({ numerator, denominator: SCALE });

const priced = (asset: AssetName, price: bigint): Priced => ({
  asset,
  price: asset === QUOTE_ASSET ? ONE : scaled(price),
});

const asset = fc.constantFrom(...ASSET_NAMES);

/** From 10⁻⁸ to 10⁹ TWD. */
export const price = fc.oneof(fc.bigInt(1n, 1000n), fc.bigInt(1n, 10n ** 17n));

/** From none to all but 10⁻⁸, mostly such as houses have. */
const spread = fc.oneof(fc.bigInt(0n, SCALE / 100n), fc.bigInt(0n, SCALE - 1n), fc.constantFrom(0n, SCALE - 1n));

export const amount = fc.oneof(fc.bigInt(1n, 1000n), fc.bigInt(1n, 10n ** 20n));

const pairs = fc.tuple(asset, asset).filter(([from, to]) => from !== to);

export const drawnRate: fc.Arbitrary<DrawnRate> = fc
  .tuple(pairs, price, price, spread)
  .map(([[from, to], fromPrice, toPrice, part]) => ({
    rate: { from: priced(from, fromPrice), to: priced(to, toPrice), spread: scaled(part) },
    fromPrice: from === QUOTE_ASSET ? SCALE : fromPrice,
    toPrice: to === QUOTE_ASSET ? SCALE : toPrice,
    spread: part,
  }));

/** The same two assets the other way round, at the same prices and spread. */
export const reversed = ({ from, to, spread: part }: Rate): Rate => ({ from: to, to: from, spread: part });

export const unitsIn = (name: AssetName): bigint => 10n ** BigInt(ASSETS[name].decimals);
