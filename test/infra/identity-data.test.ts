import { describe, expect, it } from '@jest/globals';
import { bucketName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { BUCKETS } from '../../shared/contracts/resources.ts';
import { functionPolicies } from './function-policies.ts';
import { FUNCTION_IDS, whoMay } from './secret-grants.ts';
import { synthesized } from './synthesized.ts';

const statementsOf = functionPolicies(await synthesized('prod'));

const whoDecrypts = (purpose: string): readonly string[] => whoMay(statementsOf, 'kms:Decrypt', purpose);

const documents = `arn:aws:s3:::${bucketName(STAGES.prod, 'documents', '<AWS::AccountId>')}/${BUCKETS.documents.prefix}`;

const whoReadsDocuments = (): readonly string[] =>
  FUNCTION_IDS.filter((id) =>
    statementsOf(id).some(
      ({ actions, resources }) =>
        actions.some((action) => action === 's3:GetObject' || action.includes('*')) &&
        resources.some((resource) => resource.startsWith(documents)),
    ),
  ).toSorted();

describe('what is known of people', () => {
  it('can be decrypted by who reviews or screens it and by who accepts the account of that name, and by no other function', () => {
    expect(whoDecrypts('identity')).toEqual(['admin.kyc-decision', 'admin.kyc-screening', 'admin.kyc-user']);
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
