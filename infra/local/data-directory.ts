import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from './process/lock.ts';
import { StartError } from './errors.ts';

/** Where a stack keeps what must survive a restart. */
export interface DataDirectory {
  /** Nothing has been kept there before. */
  readonly isNew: boolean;
  readonly dynamodb: string;
  readonly s3: string;
  readonly emails: string;
  readonly sms: string;
  /** What everything that is encrypted can be read with. */
  readonly kms: string;
  /** A folder. */
  readonly queues: string;
  readonly streams: string;
  /** Lets another stack use it. */
  readonly release: () => void;
}

const LOCK = 'lock';

const empty = (directory: string): void => {
  for (const name of readdirSync(directory)) {
    if (name !== LOCK) rmSync(join(directory, name), { recursive: true, force: true });
  }
};

/**
 * Takes a folder for one stack's data, and empties it first if asked to.
 *
 * @throws StartError when another running stack uses it.
 */
export const openDataDirectory = (directory: string, fresh: boolean): DataDirectory => {
  mkdirSync(directory, { recursive: true });
  const taken = tryLock(join(directory, LOCK));
  if ('holder' in taken) {
    throw new StartError(`Another local stack, process ${taken.holder}, uses ${directory}. Stop it first.`);
  }
  if (fresh) empty(directory);
  const dynamodb = join(directory, 'dynamodb.sqlite');
  return {
    isNew: !existsSync(dynamodb),
    dynamodb,
    s3: join(directory, 's3'),
    emails: join(directory, 'emails.jsonl'),
    sms: join(directory, 'sms.jsonl'),
    kms: join(directory, 'kms.json'),
    queues: join(directory, 'queues'),
    streams: join(directory, 'streams.json'),
    release: taken.release,
  };
};
