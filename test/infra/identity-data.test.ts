import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { bucketName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { BUCKETS } from '../../shared/contracts/resources.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';
import { functionPolicies, type Statement } from './function-policies.ts';
import { synthesized } from './synthesized.ts';

const statementsOf = functionPolicies(await synthesized('prod'));

const IDS = [...ENDPOINTS, ...STAFF_ENDPOINTS, ...JOBS].map(({ id }) => id);

const purposeCondition = z.object({ StringEquals: z.object({ 'kms:EncryptionContext:purpose': z.string() }) });

const mayDo = (statement: Statement, action: string): boolean =>
  statement.actions.some((allowed) => allowed === action || allowed === 'kms:*' || allowed === '*');

const isOnSecrets = ({ resources }: Statement): boolean =>
  resources.some((resource) => resource === '*' || /SecretsKey/.test(resource));

/** The purpose of the secrets that a statement lets decrypt; `anything` where nothing bounds it. */
const decryptedPurposes = (id: string): readonly string[] =>
  statementsOf(id)
    .filter((statement) => isOnSecrets(statement) && mayDo(statement, 'kms:Decrypt'))
    .map(({ condition }) => {
      const bounded = purposeCondition.safeParse(condition);
      return bounded.success ? bounded.data.StringEquals['kms:EncryptionContext:purpose'] : 'anything';
    });

const whoDecrypts = (purpose: string): readonly string[] =>
  IDS.filter((id) => decryptedPurposes(id).includes(purpose)).toSorted();

const documents = `arn:aws:s3:::${bucketName(STAGES.prod, 'documents', '<AWS::AccountId>')}/${BUCKETS.documents.prefix}`;

const whoReadsDocuments = (): readonly string[] =>
  IDS.filter((id) =>
    statementsOf(id).some(
      ({ actions, resources }) =>
        actions.some((action) => action === 's3:GetObject' || action.includes('*')) &&
        resources.some((resource) => resource.startsWith(documents)),
    ),
  ).toSorted();

describe('what is known of people', () => {
  it('can be decrypted by who reviews it and by who accepts the account of that name, and by no other function', () => {
    expect(whoDecrypts('identity')).toEqual(['admin.kyc-decision', 'admin.kyc-user']);
  });

  it('counts their bank accounts, which the user’s own list and the review of them can decrypt', () => {
    expect(whoDecrypts('bankAccount')).toEqual(['account.bank-accounts', 'admin.kyc-decision', 'admin.kyc-user']);
  });

  it('is decrypted under a purpose always', () => {
    expect(whoDecrypts('anything')).toEqual([]);
  });

  it('is in documents that only the reviewer’s links read', () => {
    expect(whoReadsDocuments()).toEqual(['admin.kyc-user']);
  });
});
