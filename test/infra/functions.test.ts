import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { environmentValues } from '../../infra/environment.ts';
import { functionLogGroupName, functionName, pascalCase } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { environmentOf, HTTP_VARIABLES } from '../../shared/contracts/environment.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { domainOf, ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';
import { resourcesOf, synthesize } from './synthesis.ts';

const functionSchema = z.object({
  FunctionName: z.string(),
  Runtime: z.string(),
  Handler: z.string(),
  Architectures: z.array(z.string()),
  Timeout: z.number(),
  MemorySize: z.number(),
  TracingConfig: z.object({ Mode: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
  Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }),
});

const prod = synthesize('prod');
const functions = resourcesOf(prod, 'AWS::Lambda::Function').map(({ Properties }) => functionSchema.parse(Properties));
const byName = new Map(functions.map((properties) => [properties.FunctionName, properties]));
const ids = [...ENDPOINTS.map(({ id }) => id), FALLBACK_FUNCTION.id, ...JOBS.map(({ id }) => id)];

describe('the functions', () => {
  it('are one for each endpoint, the fallback, and no more', () => {
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
      MemorySize: STAGES.prod.memoryMb,
      TracingConfig: { Mode: 'Active' },
    });
  });

  it.each(ENDPOINTS)('$id has exactly the environment of its contract', (endpoint) => {
    const variables = byName.get(functionName(STAGES.prod, endpoint.id))?.Environment.Variables;
    expect(variables).toEqual(environmentValues(STAGES.prod, environmentOf(endpoint)));
    expect(Object.keys(variables ?? {}).sort()).toEqual([...environmentOf(endpoint)].sort());
  });

  it('gives the fallback what every function gets, and no table', () => {
    const variables = byName.get(functionName(STAGES.prod, FALLBACK_FUNCTION.id))?.Environment.Variables;
    expect(Object.keys(variables ?? {})).toEqual([...HTTP_VARIABLES]);
  });

  it('are each four resources: function, role, policy, log group, none shared', () => {
    for (const type of ['AWS::IAM::Policy', 'AWS::Lambda::Function']) {
      expect(resourcesOf(prod, type)).toHaveLength(ids.length);
    }
    expect(new Set(functions.map(({ Role }) => Role['Fn::GetAtt'][0])).size).toBe(ids.length);
    for (const [id, { Resources }] of Object.entries(prod.templates)) {
      if (!id.endsWith('Functions')) continue;
      const ofDomain = ids.filter((functionId) => `${pascalCase(domainOf(functionId))}Functions` === id);
      const schedules = JOBS.filter((job) => ofDomain.includes(job.id));
      // A schedule is a rule, and a permission for it.
      expect(Object.keys(Resources)).toHaveLength(4 * ofDomain.length + 2 * schedules.length);
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
    expect(environmentValues(STAGES.local, ['COOKIE_SECURE'])).toEqual({ COOKIE_SECURE: 'false' });
    expect(environmentValues(STAGES.dev, ['COOKIE_SECURE'])).toEqual({ COOKIE_SECURE: 'true' });
  });

  it('carries origins as a comma list and tables by their names', () => {
    const stage = { ...STAGES.dev, allowedOrigins: ['https://a.example', 'https://b.example'] };
    expect(environmentValues(stage, ['ALLOWED_ORIGINS', 'USERS_TABLE'])).toEqual({
      ALLOWED_ORIGINS: 'https://a.example,https://b.example',
      USERS_TABLE: 'bitgin-dev-users',
    });
  });
});

describe.each(JOBS)('the job $id', ({ id, schedule }) => {
  it('runs by its schedule, and is tried once more when it fails', () => {
    const rules = resourcesOf(synthesize('prod'), 'AWS::Events::Rule');
    expect(rules).toHaveLength(JOBS.length);
    const targets = rules.map(({ Properties }) => JSON.stringify(Properties));
    expect(targets.some((text) => text.includes(schedule))).toBe(true);
    expect(targets.every((text) => text.includes('"MaximumRetryAttempts":1'))).toBe(true);
    expect(functionName(STAGES.prod, id)).toBe('bitgin-prod-jobs-price-feed');
  });
});
