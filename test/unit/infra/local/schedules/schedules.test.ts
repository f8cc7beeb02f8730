import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLocalClock } from '../../../../../infra/local/clock.ts';
import { type Schedules, startSchedules } from '../../../../../infra/local/schedules/schedules.ts';
import { readApplication } from '../../../../../infra/local/template/application.ts';
import type { LocalSchedule } from '../../../../../infra/local/template/schedules.ts';
import type { InvocationRequest } from '../../../../../infra/local/workers/lambda-worker.ts';
import { withResources } from '../added-resources.ts';
import { ECHO, writeFixtureAssembly } from '../fixture-assembly.ts';

const target = (Input?: string) => ({ Arn: { 'Fn::GetAtt': ['tick', 'Arn'] }, Id: 'Target0', ...(Input && { Input }) });

const rule = (properties: object) => ({ Type: 'AWS::Events::Rule', Properties: properties });

const schedule = (properties: object) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: { FlexibleTimeWindow: { Mode: 'OFF' }, ...properties },
});

const schedulesIn = (resources: Readonly<Record<string, unknown>>): readonly LocalSchedule[] => {
  const assembly = writeFixtureAssembly({ tick: ECHO, fallback: ECHO });
  return readApplication(withResources(assembly, 'functions', resources)).schedules;
};

const RATE = 'rate(1 minute)';

describe('the schedules of a template', () => {
  it('are rules and Scheduler schedules that are enabled', () => {
    const found = schedulesIn({
      Rule: rule({ Name: 'minutely', ScheduleExpression: RATE, State: 'ENABLED', Targets: [target('{"a":1}')] }),
      Off: rule({ ScheduleExpression: RATE, State: 'DISABLED', Targets: [target()] }),
      OnEvents: rule({ EventPattern: { source: ['x'] }, Targets: [target()] }),
      Schedule: schedule({
        Name: 'daily',
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Taipei',
        Target: { ...target(), RoleArn: 'arn:aws:iam::0:role/x' },
      }),
      ScheduleOff: schedule({ ScheduleExpression: RATE, State: 'DISABLED', Target: target() }),
    });
    const common = { region: 'ap-northeast-1', functionName: 'fixture-tick' };
    expect(found).toStrictEqual([
      {
        ...common,
        source: 'aws.events',
        arn: 'arn:aws:events:ap-northeast-1:000000000000:rule/minutely',
        expression: RATE,
        timezone: 'UTC',
        input: '{"a":1}',
      },
      {
        ...common,
        source: 'aws.scheduler',
        arn: 'arn:aws:scheduler:ap-northeast-1:000000000000:schedule/default/daily',
        expression: 'cron(0 3 * * ? *)',
        timezone: 'Asia/Taipei',
        input: undefined,
      },
    ]);
  });

  it.each([
    ['a target that is no function', { Arn: 'arn:aws:sqs:x:0:queue', Id: 'a' }, 'is no function'],
    ['a transformed input', { ...target(), InputTransformer: { InputTemplate: '' } }, 'InputTransformer'],
  ])('refuses %s by name', (_name, wrong, said) => {
    const resources = { Rule: rule({ Name: 'odd', ScheduleExpression: RATE, Targets: [wrong] }) };
    expect(() => schedulesIn(resources)).toThrow(said);
    expect(() => schedulesIn(resources)).toThrow('Schedule odd: the local stack cannot run it');
  });
});

describe('running schedules', () => {
  const invoked: { readonly name: string; readonly request: InvocationRequest }[] = [];
  let running: Schedules;

  const start = (changes: Partial<LocalSchedule>, offsetMs = 0): void => {
    const clock = createLocalClock();
    clock.shiftTo(offsetMs);
    const one: LocalSchedule = {
      source: 'aws.events',
      arn: 'arn:aws:events:ap-northeast-1:000000000000:rule/minutely',
      region: 'ap-northeast-1',
      expression: RATE,
      timezone: 'UTC',
      functionName: 'bitgin-local-jobs-tick',
      input: undefined,
      ...changes,
    };
    const invoke = (name: string, request: InvocationRequest) => {
      invoked.push({ name, request });
      return Promise.resolve({ kind: 'payload', payload: 'null' } as const);
    };
    running = startSchedules({ schedules: [one], functions: { invoke }, clock, log: () => {} });
  };

  const lastEvent = (): unknown => JSON.parse(invoked.at(-1)?.request.event ?? '');

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-01-01T12:00:00.400Z') });
    invoked.length = 0;
  });
  afterEach(() => {
    running.stop();
    jest.useRealTimers();
  });

  it('fire by real time, also while functions see another one, until they are stopped', async () => {
    start({}, 3_600_000);
    await jest.advanceTimersByTimeAsync(58_000);
    expect(invoked).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(invoked.map(({ name }) => name)).toStrictEqual(['bitgin-local-jobs-tick']);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(invoked).toHaveLength(3);
    running.stop();
    await jest.advanceTimersByTimeAsync(300_000);
    expect(invoked).toHaveLength(3);
  });

  it('send the event that AWS sends, at the time that functions see', async () => {
    start({}, 3_600_000);
    await running.run('jobs-tick');
    expect(lastEvent()).toStrictEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: '2026-01-01T13:00:00Z',
      region: 'ap-northeast-1',
      resources: ['arn:aws:events:ap-northeast-1:000000000000:rule/minutely'],
      detail: {},
    });
    expect(invoked[0]?.request.traceId).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  it('send the input of the target, with Scheduler’s attributes filled in', async () => {
    start({
      source: 'aws.scheduler',
      input: '{"at":"<aws.scheduler.scheduled-time>","n":<aws.scheduler.attempt-number>}',
    });
    await running.run('jobs-tick');
    expect(lastEvent()).toStrictEqual({ at: '2026-01-01T12:00:00Z', n: 1 });
    running.stop();
    start({ input: '{"a":"<aws.scheduler.scheduled-time>"}' });
    await running.run('jobs-tick');
    expect(lastEvent()).toStrictEqual({ a: '<aws.scheduler.scheduled-time>' });
  });

  it('are known by the name of their function without that of the stage', () => {
    start({});
    expect(running.jobs()).toStrictEqual([
      { name: 'jobs-tick', expression: RATE, nextRun: '2026-01-01T12:01:00.000Z' },
    ]);
    expect(running.run('bitgin-local-jobs-tick')).toBeUndefined();
  });
});
