import type { Command } from './command.ts';

const CALL = 'npm run admin --';

const usageOf = ({ name, words, options }: Command): string => {
  const given = [...words.map((word) => `<${word}>`), ...(Object.keys(options).length > 0 ? ['[options]'] : [])];
  return [CALL, name, ...given].join(' ');
};

const aligned = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const EVERYWHERE = [
  ['--json', 'prints the data as JSON, for programs (with npm run --silent admin)'],
  ['--help', 'prints this'],
] as const;

/** How one command is called. */
export const commandHelp = (command: Command): string => {
  const own = Object.entries(command.options).map(([name, { value, help }]) => [`--${name} ${value}`, help] as const);
  return [`Usage: ${usageOf(command)}`, '', command.summary, '', ...aligned([...own, ...EVERYWHERE])].join('\n');
};

/** What there is to call. */
export const overview = (commands: readonly Command[]): string =>
  [
    `Usage: ${CALL} <command> [options]`,
    '',
    ...aligned(
      commands.map(({ name, words, summary }) => [[name, ...words.map((word) => `<${word}>`)].join(' '), summary]),
    ),
    '',
    ...aligned(EVERYWHERE),
    '',
    'Environment:',
    ...aligned([
      ['ADMIN_URL', "where the staff API answers: this machine's, port 3001 (ADMIN_PORT), unless given"],
      ['ADMIN_PRINCIPAL', 'who calls on this machine, unless it is whom the system knows'],
      ['AWS_…', 'in the cloud, requests are signed with the credentials that the AWS command line would use'],
    ]),
    '',
    'Ends with 0 when done, 1 when refused, out of reach or (ledger verify) something is wrong, 2 when the command line makes no sense.',
  ].join('\n');
