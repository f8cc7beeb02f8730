import { parseArgs } from 'node:util';
import { UsageError } from '../admin/errors.ts';
import { digestOf } from '../local/demo/password-digest.ts';
import { type Stage, STAGE_NAMES, STAGES, stageOf } from '../stages.ts';
import { isLoopback, type SmokeUser, type Target } from './world.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A little more than the gateway takes. */
const TIMEOUT_SECONDS = 35;
const LONGEST_TIMEOUT_SECONDS = 120;

export const HELP = `Usage: npm run smoke -- <url> [options]

Looks whether a deployed stage, or the stack of this machine, does what it has to. It changes nothing but its own user.

  --stage NAME      whose settings it is held against; told from the address where that is a stage's publicUrl
  --user NAME       somebody to log in as, who is there for this; SMOKE_PASSWORD is the password as a person types it,
                    SMOKE_TOTP_KEY the authenticator's key in base32. On this machine one is registered if none is given
  --staff URL       where the staff API answers (the output StaffApiUrl), to see that it is closed
  --mail            sends the user a mail
  --timeout SECONDS for each request: ${TIMEOUT_SECONDS}, unless given
  --help            prints this

Ends with 0 when nothing failed, 1 when something did, 2 when the command line makes no sense.`;

const parsed = (args: readonly string[]) => {
  const options = {
    stage: { type: 'string' },
    user: { type: 'string' },
    staff: { type: 'string' },
    mail: { type: 'boolean', default: false },
    timeout: { type: 'string', default: String(TIMEOUT_SECONDS) },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

const addressOf = (given: string, what: string): string => {
  const url = URL.parse(given);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(given));
  if (!url || !isSafe || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new UsageError(`${what} is "${given}". Give https://… without a query, or http:// on this machine.`);
  }
  return url.href.replace(/\/+$/, '');
};

const givenStage = (name: string): Stage => {
  try {
    return stageOf(name);
  } catch (error) {
    throw new UsageError(`--stage ${name}: use one of ${STAGE_NAMES.join(', ')}.`, { cause: error });
  }
};

const stageAt = (name: string | undefined, baseUrl: string): Stage => {
  if (name !== undefined) return givenStage(name);
  const known = STAGE_NAMES.map((each) => STAGES[each]).find(({ publicUrl }) => publicUrl === baseUrl);
  const stage = known ?? (isLoopback(baseUrl) ? STAGES.local : undefined);
  if (stage) return stage;
  throw new UsageError(`${baseUrl} is no stage's publicUrl (infra/stages.ts). Say which stage it is: --stage NAME.`);
};

const userOf = (loginName: string | undefined, environment: Environment): SmokeUser | undefined => {
  if (!loginName) return undefined;
  const { SMOKE_PASSWORD: password, SMOKE_TOTP_KEY: totpKey } = environment;
  if (!password) throw new UsageError(`--user ${loginName} needs its password in SMOKE_PASSWORD.`);
  if (totpKey && !/^[A-Z2-7]+=*$/.test(totpKey)) {
    throw new UsageError('SMOKE_TOTP_KEY is no base32: letters A to Z and digits 2 to 7.');
  }
  return { loginName, passwordDigest: digestOf(password), totpKey: totpKey || undefined };
};

const timeoutOf = (given: string): number => {
  const seconds = Number(given);
  if (/^\d+$/.test(given) && seconds >= 1 && seconds <= LONGEST_TIMEOUT_SECONDS) return seconds * 1000;
  throw new UsageError(`--timeout is "${given}". Give whole seconds from 1 to ${LONGEST_TIMEOUT_SECONDS}.`);
};

/**
 * Reads what is to be looked at; `help` where that was asked for. Secrets come by the environment, since others can see
 * a command line.
 *
 * @throws UsageError for what makes no sense, saying what was given.
 */
export const readOptions = (args: readonly string[], environment: Environment): Target | 'help' => {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  const [given, excess] = positionals;
  if (given === undefined) throw new UsageError('No address was given.');
  if (excess !== undefined) throw new UsageError(`"${excess}" is more than one address.`);
  const baseUrl = addressOf(given, 'The address');
  return {
    baseUrl,
    stage: stageAt(values.stage, baseUrl),
    user: userOf(values.user, environment),
    staffUrl: values.staff ? addressOf(values.staff, '--staff') : undefined,
    mail: values.mail,
    timeoutMs: timeoutOf(values.timeout),
  };
};
