/**
 * A string, and where it is the name of a member that is a number, that number as it is written. Every quote of a JSON text
 * belongs to one of its strings, so matching string by string never starts inside one; a string without end is one up to
 * the end of the text, so that nothing is looked at twice.
 */
const MEMBER =
  /"([^"\\]*(?:\\[^]?[^"\\]*)*)(?:"|$)(?:(\s*:\s*)(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-]))?/g;

/**
 * Parses JSON, and keeps numbers under certain names as the text they are written in, which no double can round. Quoting
 * them in the text first needs nothing of the engine; `source` of JSON.parse's reviver is not everywhere yet.
 *
 * @throws SyntaxError where the text is no JSON.
 */
export const parseExact = (text: string, exact: readonly string[]): unknown =>
  JSON.parse(
    text.replace(MEMBER, (member, name: string, colon: string | undefined, number: string | undefined) =>
      colon !== undefined && number !== undefined && exact.includes(name) ? `"${name}"${colon}"${number}"` : member,
    ),
  );
