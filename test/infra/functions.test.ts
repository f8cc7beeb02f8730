import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { environmentValues } from '../../infra/environment.ts';
import { functionLogGroupName, functionName, pascalCase } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { environmentOf, HTTP_VARIABLES } from '../../shared/contracts/environment.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { domainOf, ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../../shared/contracts/staff/registry.ts';
import { textOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf } from './templates.ts';

const functionSchema = z.object({
  FunctionName: z.string(),
  Runtime: z.string(),
  Handler: z.string(),
  Architectures: z.array(z.string()),
  Timeout: z.number(),
  MemorySize: z.number(),
  TracingConfig: z.object({ Mode: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }),
});

const ACCOUNT = '<AWS::AccountId>';

const prod = await synthesized('prod');
const functions = resourcesOf(prod, 'AWS::Lambda::Function').map(({ Properties }) => functionSchema.parse(Properties));
const byName = new Map(functions.map((properties) => [properties.FunctionName, properties]));
const endpoints = [...ENDPOINTS, ...STAFF_ENDPOINTS];
const fallbacks = [FALLBACK_FUNCTION, STAFF_FALLBACK_FUNCTION];
const ids = [...endpoints, ...fallbacks, ...JOBS].map(({ id }) => id);

describe('the functions', () => {
  it('are one for each endpoint, a fallback for each API, and no more', () => {
    expect(functions.map(({ FunctionName }) => FunctionName).sort()).toEqual(
      ids.map((id) => functionName(STAGES.prod, id)).sort(),
    );
  });

  it.each(ids)('%s is in the stack of its domain', (id) => {
    const template = prod.templates[`${pascalCase(domainOf(id))}Functions`];
    const names = Object.values(template?.Resources ?? {}).map(({ Properties }) => Properties['FunctionName']);
    expect(names).toContain(functionName(STAGES.prod, id));
  });

  it.each(functions)('$FunctionName runs on Node 24 and arm64, traced, and ends before the gateway gives up', (fn) => {
    expect(fn).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 28,
      TracingConfig: { Mode: 'Active' },
    });
  });

  it('have the memory of their stage, or what their contracts ask for in place of it', () => {
    const asked = new Map(
      endpoints.map(({ id, memoryMb }: EndpointSpec) => [functionName(STAGES.prod, id), memoryMb] as const),
    );
    const expected = functions.map(({ FunctionName }) => asked.get(FunctionName) ?? STAGES.prod.memoryMb);
    expect(functions.map(({ MemorySize }) => MemorySize)).toEqual(expected);
    expect(byName.get('bitgin-prod-kyc-image')?.MemorySize).toBe(1_769);
  });

  it.each(endpoints)('$id has exactly the environment of its contract', (endpoint) => {
    const variables = byName.get(functionName(STAGES.prod, endpoint.id))?.Environment.Variables;
    const values = Object.entries(variables ?? {}).map(([name, value]) => [name, textOf(value)] as const);
    expect(Object.fromEntries(values)).toEqual(environmentValues(STAGES.prod, ACCOUNT, environmentOf(endpoint)));
    expect(Object.keys(variables ?? {}).sort()).toEqual([...environmentOf(endpoint)].sort());
  });

  it.each(fallbacks)('gives $id what every function gets, and no table', ({ id }) => {
    const variables = byName.get(functionName(STAGES.prod, id))?.Environment.Variables;
    expect(Object.keys(variables ?? {})).toEqual([...HTTP_VARIABLES]);
  });

  it('are each six resources: function, role, policy, log group, version, alias, none shared', () => {
    for (const type of ['AWS::IAM::Policy', 'AWS::Lambda::Alias', 'AWS::Lambda::Function', 'AWS::Lambda::Version']) {
      expect(resourcesOf(prod, type)).toHaveLength(ids.length);
    }
    for (const { Resources } of Object.values(prod.templates)) {
      const inStack = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
      const roles = inStack.map(({ Properties }) => functionSchema.parse(Properties).Role['Fn::GetAtt'][0]);
      expect(new Set(roles).size).toBe(inStack.length);
    }
    for (const [id, { Resources }] of Object.entries(prod.templates)) {
      if (!id.endsWith('Functions')) continue;
      const ofDomain = ids.filter((functionId) => `${pascalCase(domainOf(functionId))}Functions` === id);
      const jobs = JOBS.filter((job) => ofDomain.includes(job.id));
      const schedules = jobs.filter(({ schedule }) => schedule !== undefined);
      const streams = jobs.filter(({ stream }) => stream !== undefined);
      // A queue with its policy for both; a schedule is a rule, a permission for it, and what becomes of failed runs; a stream
      // is a mapping.
      expect(Object.keys(Resources)).toHaveLength(6 * ofDomain.length + 5 * schedules.length + 3 * streams.length);
    }
  });

  it.each(ids)('%s logs to a group of its own that forgets after the days of the stage', (id) => {
    const name = functionLogGroupName(STAGES.prod, id);
    const groups = resourcesOf(prod, 'AWS::Logs::LogGroup').filter(
      ({ Properties }) => Properties['LogGroupName'] === name,
    );
    expect(groups).toHaveLength(1);
    expect(groups[0]?.Properties['RetentionInDays']).toBe(STAGES.prod.logRetentionDays);
  });
});

describe('the environment', () => {
  it('tells the local stage apart by cookies without Secure', () => {
    expect(environmentValues(STAGES.local, ACCOUNT, ['COOKIE_SECURE'])).toEqual({ COOKIE_SECURE: 'false' });
    expect(environmentValues(STAGES.dev, ACCOUNT, ['COOKIE_SECURE'])).toEqual({ COOKIE_SECURE: 'true' });
  });

  it('carries origins as a comma list, and tables and buckets by their names', () => {
    const stage = { ...STAGES.dev, allowedOrigins: ['https://a.example', 'https://b.example'] };
    expect(environmentValues(stage, ACCOUNT, ['ALLOWED_ORIGINS', 'USERS_TABLE', 'AUDIT_ARCHIVE_BUCKET'])).toEqual({
      ALLOWED_ORIGINS: 'https://a.example,https://b.example',
      USERS_TABLE: 'bitgin-dev-users',
      AUDIT_ARCHIVE_BUCKET: 'bitgin-dev-audit-archive-<AWS::AccountId>',
    });
  });
});
