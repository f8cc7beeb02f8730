declare global {
  interface JSON {
    /** ECMAScript "JSON.parse source text access": the reviver is told how a primitive was written. */
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
  }
}

/**
 * Parses JSON with a say in what becomes of number literals, which are given as they are written, before they are rounded.
 *
 * @param number what takes the place of a literal under that key; in arrays the key is the index.
 * @throws SyntaxError where the text is no JSON.
 */
export const parseNumbers = (text: string, number: (source: string, key: string, value: number) => unknown): unknown =>
  JSON.parse(text, (key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? number(source, key, value) : value,
  );
