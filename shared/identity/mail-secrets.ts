import { UserStatus } from '../contracts/enums.ts';
import type { Attempt, MailSecrets } from '../mail/delivery.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import { newFreezeCode } from './freeze-code.ts';
import { forgetPause, getCode, mailTarget, newCode } from './one-time-code.ts';
import { getUser } from './user-store.ts';

export type MailSecretsPlatform = Pick<Core, 'clock' | 'random' | 'commit'> & {
  readonly tables: {
    readonly users: TableWith<'get' | 'put'>;
    readonly ephemeral: TableWith<'get' | 'put' | 'update'>;
  };
};

/** Those that are about the account. */
type AccountSecrets = Omit<MailSecrets, 'transferUrl'>;

/** Makes the codes and links of queued mails. `publicUrl` as the stage has it, without a slash at its end. */
export const createMailSecrets = (platform: MailSecretsPlatform, publicUrl: string): AccountSecrets => {
  const { tables, clock, random, commit } = platform;

  /** Not made where the user is verified or gone, or has asked for a code meanwhile, which a new one would replace. */
  const verificationCode = async (userId: string, { queuedAt, isFirst }: Attempt): Promise<string | undefined> => {
    const now = clock.now();
    const target = mailTarget(userId);
    const [user, previous] = await Promise.all([getUser(tables.users, userId, now), getCode(tables.ephemeral, target)]);
    if (user?.userStatus !== UserStatus.NOT_ACTIVATED) return undefined;
    if (isFirst && previous !== undefined && previous.lastSentAt >= queuedAt) return undefined;
    const { code, write } = newCode(tables.ephemeral, { target, previous, now }, random);
    return (await commit([write])).committed ? code : undefined;
  };

  return {
    verificationCode,
    codeNotSent: async (userId) => {
      await commit([forgetPause(tables.ephemeral, mailTarget(userId))]);
    },
    freezeUrl: async (userId) => {
      const { code, write } = newFreezeCode(tables.users, random, clock.now(), userId);
      await commit([write]);
      return `${publicUrl}/v1/user/freeze?code=${code}`;
    },
  };
};
