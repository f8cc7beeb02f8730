import * as z from 'zod';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';
import type { functionPolicies, Statement } from './function-policies.ts';

/** The id of every function that has a contract. */
export const FUNCTION_IDS: readonly string[] = [...ENDPOINTS, ...STAFF_ENDPOINTS, ...JOBS].map(({ id }) => id);

const purposeCondition = z.object({ StringEquals: z.object({ 'kms:EncryptionContext:purpose': z.string() }) });

const mayDo = (statement: Statement, action: string): boolean =>
  statement.actions.some((allowed) => allowed === action || allowed === 'kms:*' || allowed === '*');

const isOnSecrets = ({ resources }: Statement): boolean =>
  resources.some((resource) => resource === '*' || /SecretsKey/.test(resource));

/**
 * The functions that may do something with secrets of a purpose, by their policies. The purpose `anything` is that of
 * statements that nothing bounds.
 */
export const whoMay = (
  statementsOf: ReturnType<typeof functionPolicies>,
  action: 'kms:Encrypt' | 'kms:Decrypt',
  purpose: string,
): readonly string[] =>
  FUNCTION_IDS.filter((id) =>
    statementsOf(id).some((statement) => {
      if (!isOnSecrets(statement) || !mayDo(statement, action)) return false;
      const bounded = purposeCondition.safeParse(statement.condition);
      return (bounded.success ? bounded.data.StringEquals['kms:EncryptionContext:purpose'] : 'anything') === purpose;
    }),
  ).toSorted();
