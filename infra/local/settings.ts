import { parseArgs } from 'node:util';
import { StartError } from './errors.ts';
import { FUNCTION_MODES, type FunctionMode } from './workers/functions.ts';

/** What the command line and the environment say. */
export interface Settings {
  readonly fresh: boolean;
  /** Whether fresh data shall hold no demo accounts. */
  readonly empty: boolean;
  readonly port: number;
  /** Where the staff API will answer. */
  readonly adminPort: number;
  readonly dynamodbEndpoint: string | undefined;
  /** Undefined: `.local` in the repository. */
  readonly dataDirectory: string | undefined;
  readonly functionsAs: FunctionMode;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORT = 3000;
const DEFAULT_ADMIN_PORT = 3001;
const HIGHEST_PORT = 65_535;

const textOf = (environment: Environment, variable: string): string | undefined =>
  environment[variable] === '' ? undefined : environment[variable];

const portOf = (environment: Environment, variable: string, fallback: number): number => {
  const given = textOf(environment, variable);
  if (given === undefined) return fallback;
  const port = Number(given);
  if (/^\d+$/.test(given) && port <= HIGHEST_PORT) return port;
  throw new StartError(`${variable} is "${given}". It must be a port: a whole number from 0 to ${HIGHEST_PORT}.`);
};

const functionsAsOf = (environment: Environment): FunctionMode => {
  const given = textOf(environment, 'FUNCTIONS_AS') ?? 'threads';
  const mode = FUNCTION_MODES.find((known) => known === given);
  if (mode !== undefined) return mode;
  throw new StartError(`FUNCTIONS_AS is "${given}". Functions run as one of: ${FUNCTION_MODES.join(', ')}.`);
};

const SWITCH = { type: 'boolean', default: false } as const;

const switchesOf = (args: readonly string[]): Pick<Settings, 'fresh' | 'empty'> => {
  try {
    return parseArgs({ args: [...args], options: { fresh: SWITCH, empty: SWITCH } }).values;
  } catch {
    throw new StartError(`Unknown arguments: ${args.join(' ')}. Usage: npm start [-- --fresh] [--empty]`);
  }
};

/** Reads the settings. Throws StartError for what makes no sense, saying what was given. */
export const readSettings = (args: readonly string[], environment: Environment): Settings => {
  const port = portOf(environment, 'PORT', DEFAULT_PORT);
  const adminPort = portOf(environment, 'ADMIN_PORT', DEFAULT_ADMIN_PORT);
  if (port === adminPort && port !== 0) {
    throw new StartError(`PORT and ADMIN_PORT are both ${port}. Give each API a port of its own.`);
  }
  return {
    ...switchesOf(args),
    port,
    adminPort,
    dynamodbEndpoint: textOf(environment, 'DYNAMODB_ENDPOINT'),
    dataDirectory: textOf(environment, 'LOCAL_DATA_DIRECTORY'),
    functionsAs: functionsAsOf(environment),
  };
};
