import { asStored, type Check } from './check.ts';
import { checkOf } from './item-check.ts';
import { lookUp, type Verifying } from './lookup.ts';
import type { Problem } from './problem.ts';
import { LOOKS, pauseBefore } from './settle.ts';

interface Suspicion {
  readonly check: Check;
  readonly problems: readonly Problem[];
}

/** Looks up what all of the checks need together, and gives those that found something. */
const judgeAll = async (verifying: Verifying, checks: readonly Check[]): Promise<readonly Suspicion[]> => {
  const find = await lookUp(
    verifying,
    checks.flatMap(({ needs }) => needs),
  );
  return checks.flatMap((check) => {
    const problems = check.judge(find);
    return problems.length > 0 ? [{ check, problems }] : [];
  });
};

/** The same items as they are now; some are gone, and with them what seemed wrong. */
const again = async (verifying: Verifying, suspicions: readonly Suspicion[]): Promise<readonly Check[]> => {
  const selves = suspicions.map(({ check }) => check.self);
  const find = await lookUp(verifying, selves);
  return selves.flatMap((key) => {
    const item = find(key);
    const check = item && checkOf(asStored(item));
    return check ? [check] : [];
  });
};

/**
 * Proves items by what they belong to. What looks wrong may have changed between two readings, so it is read again, and
 * is called a problem only when it is still wrong at the last look.
 */
export const itemProblems = async (verifying: Verifying, checks: readonly Check[]): Promise<readonly Problem[]> => {
  let suspicions = await judgeAll(verifying, checks);
  for (let look = 1; look < LOOKS && suspicions.length > 0; look += 1) {
    await pauseBefore(verifying, look);
    suspicions = await judgeAll(verifying, await again(verifying, suspicions));
  }
  return suspicions.flatMap(({ problems }) => problems);
};
