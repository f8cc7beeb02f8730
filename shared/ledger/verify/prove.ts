import { proveAccount } from './account-truth.ts';
import { type Block, isCounted } from './block-tally.ts';
import { proveCount } from './count-truth.ts';
import { hourKey } from './hour-tally.ts';
import { lookUp, type Verifying } from './lookup.ts';
import type { Problem } from './problem.ts';
import { isUnreadable } from './unreadable.ts';
import type { Uneven } from './user-tally.ts';

/** Gives the users of whom some seconds have other rows than the index says. */
export const unevenBlocks = async (verifying: Verifying, blocks: readonly Block[]): Promise<readonly Uneven[]> => {
  const find = await lookUp(
    verifying,
    blocks.map(({ key }) => key),
  );
  return blocks.flatMap((block) =>
    isCounted(block, find) ? [] : [{ userId: block.userId, accounts: [], counts: [block.place] }],
  );
};

/** How one account or hour is looked at by itself; `undefined` is answered by what never held still. */
type Proof = () => Promise<readonly Problem[] | undefined>;

/** The proofs that are due, by names that tell the same ones. */
const proofsOf = (
  verifying: Verifying,
  { userId, accounts, counts }: Uneven,
): readonly (readonly [string, Proof])[] => [
  ...accounts.map(
    ({ asset, kind, settled }) =>
      [
        `${userId} ${asset} ${kind}`,
        () => proveAccount(verifying, { owner: 'user', userId, asset, kind }, settled),
      ] as const,
  ),
  ...counts.map((place) => [`${userId} ${hourKey(place)}`, () => proveCount(verifying, userId, place)] as const),
];

/** Finds nothing where what is to be proved cannot be read, which is reported as such. */
const proved = async (prove: Proof): ReturnType<Proof> => {
  try {
    return await prove();
  } catch (error) {
    if (isUnreadable(error)) return [];
    throw error;
  }
};

/** Proofs that are made at once: most of their time they wait. */
const PARALLEL = 8;

/**
 * Looks at what did not come out even by itself.
 *
 * @param proven names of what was looked at in this part of a pass, which is not looked at twice.
 */
export const proveUneven = async (verifying: Verifying, users: readonly Uneven[], proven: Set<string>) => {
  const due = new Map(users.flatMap((user) => proofsOf(verifying, user)));
  const waiting = [...due].flatMap(([name, proof]) => (proven.has(name) ? [] : [proof]));
  for (const name of due.keys()) proven.add(name);
  const problems: Problem[] = [];
  let unsettled = 0;
  const proveOn = async (): Promise<void> => {
    for (let proof = waiting.pop(); proof; proof = waiting.pop()) {
      const found = await proved(proof);
      if (found) problems.push(...found);
      else unsettled += 1;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, proveOn));
  return { problems, unsettled };
};
