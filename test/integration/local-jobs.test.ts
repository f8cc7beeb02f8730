import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestStack, type TestStack } from '../support/local-stack.ts';
import { withResources } from '../unit/infra/local/added-resources.ts';
import { ECHO, writeFixtureAssembly } from '../unit/infra/local/fixture-assembly.ts';

const scheduled = (name: string, input?: string) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    ScheduleExpression: 'cron(0 0 1 1 ? *)',
    Targets: [{ Arn: { 'Fn::GetAtt': [name, 'Arn'] }, Id: 'Target0', ...(input !== undefined && { Input: input }) }],
  },
});

const assembly = withResources(
  writeFixtureAssembly({
    sums: { source: 'exports.handler = async ({ terms }) => terms.reduce((a, b) => a + b)' },
    breaks: { source: 'exports.handler = async () => { throw new RangeError("out of reach") }' },
    events: { source: 'exports.handler = async (event) => event' },
    fallback: ECHO,
  }),
  'functions',
  { Sums: scheduled('sums', '{"terms":[1,2,39]}'), Breaks: scheduled('breaks'), Events: scheduled('events') },
);

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack({ assembly });
});
afterAll(() => stack.stop());

describe('/_local/jobs', () => {
  it('runs a scheduled function at once and answers with its result', async () => {
    await expect(stack.call('POST', '/_local/jobs/fixture-sums')).resolves.toMatchObject({
      status: 200,
      body: { result: 42 },
    });
    const { body } = await stack.call('POST', '/_local/jobs/fixture-events');
    expect(body).toMatchObject({ result: { source: 'aws.events', 'detail-type': 'Scheduled Event' } });
  });

  it('answers with the error of one that fails', async () => {
    const { status, body } = await stack.call('POST', '/_local/jobs/fixture-breaks');
    expect(status).toBe(500);
    expect(body).toStrictEqual({ error: 'The job fixture-breaks failed: RangeError: out of reach' });
  });

  it('tells the names that it knows', async () => {
    const { status, body } = await stack.call('POST', '/_local/jobs/fixture-echo');
    expect(status).toBe(404);
    expect(body).toStrictEqual({
      error: 'There is no job fixture-echo. There are: fixture-sums, fixture-breaks, fixture-events.',
    });
    const list = await stack.call('GET', '/_local/jobs');
    expect(list.body).toMatchObject({
      jobs: [{ name: 'fixture-sums', nextRun: expect.stringContaining('-01-01T00:00') }, {}, {}],
    });
  });
});
