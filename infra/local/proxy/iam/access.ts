import { ACCOUNT, PARTITION } from '../../template/physical-names.ts';
import type { FunctionPolicy } from '../../template/policies.ts';
import { createPolicy, type Decision, type Need } from './policy.ts';

/** Why a call is refused: the first of its needs that the function's policy does not cover. */
export interface Refusal {
  readonly need: Need;
  /** In the words of AWS. */
  readonly message: string;
}

/** Tells whether a function may do all of what a call needs; undefined when it may. */
export type Access = (functionName: string, needs: readonly Need[]) => Refusal | undefined;

export interface AccessOptions {
  /** By function name. */
  readonly policies: ReadonlyMap<string, FunctionPolicy>;
  /** Takes one line for each refusal, with the grant that is missing. */
  readonly log: (line: string) => void;
}

const REASONS: Readonly<Record<Exclude<Decision, 'allowed'>, (action: string) => string>> = {
  'explicitly denied': () => 'with an explicit deny in an identity-based policy',
  'not allowed': (action) => `because no identity-based policy allows the ${action} action`,
};

const LOGGED: Readonly<Record<Exclude<Decision, 'allowed'>, string>> = {
  'explicitly denied': 'is denied by its own policy',
  'not allowed': 'lacks the grant',
};

const conditionsOf = ({ context }: Need): string => {
  const pairs = Object.entries(context ?? {}).map(([key, value]) => `${key} = ${value}`);
  return pairs.length === 0 ? '' : ` (with ${pairs.join(', ')})`;
};

export const createAccess = ({ policies, log }: AccessOptions): Access => {
  const compiled = new Map(
    [...policies].map(([name, { roleName, statements }]) => {
      const decide = createPolicy(statements, (sentence) => log(`IAM: in the policy of ${name}, ${sentence}`));
      return [name, { decide, arn: `arn:${PARTITION}:sts::${ACCOUNT}:assumed-role/${roleName}/${name}` }];
    }),
  );
  return (functionName, needs) => {
    const policy = compiled.get(functionName);
    for (const need of needs) {
      const decision = policy?.decide(need) ?? 'not allowed';
      if (decision === 'allowed') continue;
      const { action, resource } = need;
      log(`IAM: ${functionName} ${LOGGED[decision]} ${action} on ${resource}${conditionsOf(need)}.`);
      const who = `User: ${policy?.arn ?? functionName} is not authorized to perform: ${action}`;
      return { need, message: `${who} on resource: ${resource} ${REASONS[decision](action)}` };
    }
    return undefined;
  };
};
