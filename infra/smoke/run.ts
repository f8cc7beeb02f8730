import { type Check, type Outcome, outcomeOf } from './check.ts';
import { answeringChecks } from './checks/answering.ts';
import { edgeChecks } from './checks/edge.ts';
import { limitChecks } from './checks/limits.ts';
import { passwordChecks } from './checks/passwords.ts';
import { personChecks } from './checks/person.ts';
import { priceChecks } from './checks/prices.ts';
import { tlsChecks } from './checks/tls.ts';
import { type Target, type World, worldOf } from './world.ts';

const CHECKS: readonly Check<World>[] = [
  ...answeringChecks,
  ...tlsChecks(),
  ...edgeChecks,
  ...passwordChecks,
  ...personChecks(limitChecks),
  ...priceChecks,
];

const NAME_WIDTH = Math.max(...CHECKS.map(({ name }) => name.length));

const lineOf = (name: string, outcome: Outcome): string => {
  const padded = name.padEnd(NAME_WIDTH);
  if (outcome.kind === 'passed') return `ok    ${padded}  ${outcome.seen}`;
  if (outcome.kind === 'skipped') return `skip  ${padded}  needs ${outcome.reason}`;
  return `FAIL  ${padded}  expected ${outcome.expected}; given ${outcome.given}`;
};

/**
 * Makes every check on a running API, a line each, and says how it went. When the first gets no answer, the others are
 * left out: they would only wait.
 *
 * @returns whether none failed.
 */
export const smoke = async (target: Target, print: (line: string) => void): Promise<boolean> => {
  const world = worldOf(target);
  const counts = { passed: 0, skipped: 0, failed: 0 };
  print(`${target.baseUrl}, stage ${target.stage.name}`);
  for (const [index, check] of CHECKS.entries()) {
    const outcome = await outcomeOf(check, world);
    counts[outcome.kind] += 1;
    print(lineOf(check.name, outcome));
    if (index === 0 && outcome.kind === 'failed') break;
  }
  const left = CHECKS.length - counts.passed - counts.skipped - counts.failed;
  const unmade = left > 0 ? `, ${left} not made` : '';
  print(`${counts.failed} failed, ${counts.passed} ok, ${counts.skipped} skipped${unmade}`);
  return counts.failed === 0;
};
