import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { environmentValues } from '../../infra/environment.ts';
import { usesStatements } from '../../infra/grants.ts';
import { madeTableName } from '../../infra/names.ts';
import { DataStack } from '../../infra/stacks/data-stack.ts';
import { type Stage, STAGES } from '../../infra/stages.ts';

const contextSchema = z.object({ context: z.record(z.string(), z.unknown()) });

/** With the feature flags of the project. */
const newApp = (): App => {
  const file = readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8');
  return new App({ context: contextSchema.parse(JSON.parse(file)).context, analyticsReporting: false });
};

const LEDGER = 'bitgin-prod-ledger-20261123t0905';
const STREAM = 'arn:aws:dynamodb:ap-northeast-1:111122223333:table/bitgin-prod-audit-2/stream/2026-11-23T09:05:00.000';

const STAGE: Stage = {
  ...STAGES.prod,
  restored: { ledger: { name: LEDGER }, audit: { name: 'bitgin-prod-audit-2', streamArn: STREAM } },
};

const resourcesOf = (stage: Stage): string => {
  const arns = { keyArn: 'arn:key', secretsKeyArn: 'arn:secrets', fingerprintsKeyArn: 'arn:fingerprints' };
  const statements = usesStatements(
    { ledger: ['get'], users: ['get'] },
    { stack: new Stack(new App(), 'Functions'), stage, ...arns },
  );
  return JSON.stringify(statements.map((statement): unknown => statement.toJSON()));
};

describe('a stage with restored tables', () => {
  it('points functions and their grants at them, and at the others as before', () => {
    const values = environmentValues(STAGE, '111122223333', ['LEDGER_TABLE', 'USERS_TABLE']);
    expect(values).toEqual({ LEDGER_TABLE: LEDGER, USERS_TABLE: 'bitgin-prod-users' });
    expect(resourcesOf(STAGE)).toContain(`table/${LEDGER}`);
    expect(resourcesOf(STAGE)).toContain('table/bitgin-prod-users');
    expect(resourcesOf(STAGE)).not.toContain('table/bitgin-prod-ledger"');
    expect(resourcesOf(STAGES.prod)).toContain('table/bitgin-prod-ledger"');
  });

  it('keeps the tables that it made, and takes the stream of a restored one', () => {
    const data = new DataStack(newApp(), STAGE);
    expect(madeTableName(STAGE, 'ledger')).toBe('bitgin-prod-ledger');
    expect(data.streamArn('audit')).toBe(STREAM);
    expect(data.streamArn('outbox')).not.toBe(STREAM);
    const without = new DataStack(newApp(), { ...STAGE, restored: { audit: { name: 'bitgin-prod-audit-2' } } });
    expect(() => without.streamArn('audit')).toThrow(/bitgin-prod-audit-2.*streamArn/);
  });
});
