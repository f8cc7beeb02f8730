import * as z from 'zod/mini';

declare global {
  interface JSON {
    /** ECMAScript "JSON.parse source text access": a value that JSON.stringify writes as the given text. */
    rawJSON(text: string): unknown;
  }
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** A decimal that is written into JSON digit by digit, without ever having been a double. */
export class ExactNumber {
  readonly text: string;

  /** @throws RangeError when the text is no plain decimal: no exponent, no leading zeros or plus sign. */
  constructor(text: string) {
    if (!DECIMAL.test(text)) throw new RangeError('An exact number takes a plain decimal, such as 65219.1557985.');
    this.text = text;
  }

  toJSON(): unknown {
    return JSON.rawJSON(this.text);
  }
}

/** Money, prices and quantities in answers. */
export const exactNumber = z.custom<ExactNumber>((value) => value instanceof ExactNumber);
