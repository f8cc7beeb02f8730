/**
 * An exact number, `numerator / denominator`, from zero up; the denominator is above zero. Not reduced: a conversion
 * multiplies a handful of short numbers.
 */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const whole = (number: bigint): Ratio => ({ numerator: number, denominator: 1n });

export const NOTHING = whole(0n);
export const ONE = whole(1n);

const PLAIN = /^(\d+)(?:\.(\d+))?$/;

/**
 * Reads a plain decimal from zero up, exactly.
 *
 * @throws RangeError when the text is none.
 */
export const parseRatio = (text: string): Ratio => {
  const [, integer, fraction = ''] = PLAIN.exec(text) ?? [];
  if (integer === undefined) throw new RangeError('A price or spread is a plain decimal from zero up, such as 31.85.');
  return { numerator: BigInt(integer + fraction), denominator: 10n ** BigInt(fraction.length) };
};

export const times = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

/** @throws RangeError when `b` is zero. */
export const over = (a: Ratio, b: Ratio): Ratio => {
  if (b.numerator === 0n) throw new RangeError('Nothing can be divided by zero.');
  return { numerator: a.numerator * b.denominator, denominator: a.denominator * b.numerator };
};

export const plus = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

/** @throws RangeError when `b` is more than `a`. */
export const minus = (a: Ratio, b: Ratio): Ratio => {
  const numerator = a.numerator * b.denominator - b.numerator * a.denominator;
  if (numerator < 0n) throw new RangeError('A ratio is never below zero.');
  return { numerator, denominator: a.denominator * b.denominator };
};

/** The largest whole number that is not more. */
export const floor = ({ numerator, denominator }: Ratio): bigint => numerator / denominator;

/** The smallest whole number that is not less. */
export const ceiling = ({ numerator, denominator }: Ratio): bigint => (numerator + denominator - 1n) / denominator;

/** As a plain decimal without zeros at the end; digits beyond `decimals` are cut off. */
export const decimalOf = (ratio: Ratio, decimals: number): string => {
  const digits = floor(times(ratio, whole(10n ** BigInt(decimals))))
    .toString()
    .padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${fraction && `.${fraction}`}`;
};
