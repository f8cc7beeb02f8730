import * as z from 'zod/mini';
import { JOBS, type JobSpec } from '../../../shared/contracts/jobs.ts';
import { failureQueueName, functionName, tableName } from '../../names.ts';
import { type Stage, STAGE_NAMES, STAGES } from '../../stages.ts';
import { type Command, type Context, defineCommand, type Report } from '../command.ts';
import { CommandError, UsageError } from '../errors.ts';
import { table, time } from '../text.ts';
import type { Aws } from './aws.ts';
import type { FailedChanges } from './changes.ts';
import { type Failure, failureOf } from './failure.ts';
import { type FailureMessage, type FailureQueue, openQueue } from './queues.ts';
import { recordsInStream, recordsInTable } from './records.ts';
import { redrive } from './redrive.ts';

const nameOf = ({ id }: JobSpec): string => id.slice('jobs.'.length);

const stage = z.enum(STAGE_NAMES);

const job = z.enum(JOBS.map(nameOf));

const jobNamed = (name: string): JobSpec => {
  const found = JOBS.find((one) => nameOf(one) === name);
  if (!found) throw new UsageError(`No job is called ${name}.`);
  return found;
};

const open = (aws: Aws, of: Stage, { id }: JobSpec): Promise<FailureQueue> => openQueue(aws, failureQueueName(of, id));

/** Looks at the messages of a queue and lets go of them again. */
const peek = async (queue: FailureQueue): Promise<readonly FailureMessage[]> => {
  const messages = await queue.take();
  await Promise.all(messages.map((message) => queue.release(message)));
  return messages;
};

const list = defineCommand({
  name: 'failures list',
  summary: 'Show what the failure queue of every job of a stage holds',
  words: ['stage'],
  input: z.object({ stage }),
  run: async ({ stage: name }, { aws: connect }) => {
    const of = STAGES[name];
    const aws = connect(of.region);
    const rows = await Promise.all(
      JOBS.map(async (one) => {
        const messages = await peek(await open(aws, of, one));
        const oldest = messages[0]?.sentAt ?? null;
        return { job: nameOf(one), queue: failureQueueName(of, one.id), messages: messages.length, oldest };
      }),
    );
    const text = table(
      ['job', 'messages', 'oldest'],
      rows.map(({ job: of_, messages, oldest }) => [of_, messages, time(oldest)]),
    );
    return { data: rows, text };
  },
});

/** Where it happened and why, and nothing of what it was about. */
const shownFailure = (failure: Failure) => {
  const { message, condition, tries, firstAt, requestId } = failure;
  const shown = { id: message.id, sentAt: message.sentAt, condition, tries, firstAt, requestId };
  return failure.of === 'run'
    ? { ...shown, records: null, error: failure.error }
    : { ...shown, records: failure.records, error: null };
};

/** Only where it is: a message that nobody knows could hold anything. */
const shownUnknown = ({ id, sentAt }: FailureMessage) => {
  const untold = { tries: null, firstAt: null, requestId: null, records: null, error: null };
  return { id, sentAt, condition: 'of another form', ...untold };
};

const SHOWN = ['message', 'sent', 'why', 'error', 'tries', 'changes', 'first of it', 'last run (requestId)'];

const show = defineCommand({
  name: 'failures show',
  summary: 'Show the messages in the failure queue of a job, oldest first, 100 at most',
  words: ['stage', 'job'],
  input: z.object({ stage, job }),
  run: async (input, { aws: connect }) => {
    const of = STAGES[input.stage];
    const messages = await peek(await open(connect(of.region), of, jobNamed(input.job)));
    const data = messages.map((message) => {
      const failure = failureOf(message);
      return failure ? shownFailure(failure) : shownUnknown(message);
    });
    const rows = data.map(({ id, sentAt, condition, error, tries, records, firstAt, requestId }) => [
      id,
      time(sentAt),
      condition,
      error,
      tries,
      records,
      time(firstAt),
      requestId,
    ]);
    return { data, text: table(SHOWN, rows) };
  },
});

const ALL = 'all';

/** The failures that were asked for; the others are let go. */
const chosen = async (queue: FailureQueue, wanted: string): Promise<readonly Failure[]> => {
  const messages = await queue.take();
  const failures = messages.flatMap((message) => (wanted === ALL || message.id === wanted ? [failureOf(message)] : []));
  const known = failures.filter((failure) => failure !== undefined);
  const ids = new Set(known.map(({ message }) => message.id));
  await Promise.all(messages.filter(({ id }) => !ids.has(id)).map((message) => queue.release(message)));
  if (wanted !== ALL && known.length === 0) {
    throw new CommandError(
      `There is no message ${wanted} that could be redriven in this queue. See: npm run admin -- failures show`,
    );
  }
  return known;
};

const redriveAll = async (
  { stage: name, job: jobName, message, apply, from }: z.output<typeof redriveInput>,
  { aws: connect }: Context,
): Promise<Report> => {
  const of = STAGES[name];
  const { id, stream } = jobNamed(jobName);
  if (from === 'table' && !stream) throw new UsageError(`--from table: ${jobName} runs by the clock and has no table.`);
  const aws = connect(of.region);
  const queue = await openQueue(aws, failureQueueName(of, id));
  const read = (failure: FailedChanges) =>
    from === 'table' && stream
      ? recordsInTable(aws, tableName(of, stream.table), failure)
      : recordsInStream(aws, failure);
  const target = { aws, queue, functionName: functionName(of, id), read };
  const data = [];
  for (const failure of await chosen(queue, message)) data.push(await redrive(target, failure, apply === 'yes'));
  const rows = data.map((one) => [one.id, one.records, one.outcome, one.reason]);
  const hints = [
    ...(data.some(({ outcome }) => outcome === 'would be done') ? ['Nothing was done. To do it: --apply yes'] : []),
    ...(data.some(({ outcome }) => outcome === 'forgotten')
      ? ['A stream forgets after 24 hours. What the table still has of that time: --from table']
      : []),
  ];
  const failed = data.some(({ outcome }) => outcome === 'failed' || outcome === 'forgotten');
  return { data, failed, text: [table(['message', 'changes', 'outcome', 'why'], rows), ...hints].join('\n') };
};

const redriveInput = z.object({
  stage,
  job,
  message: z.string(),
  apply: z.optional(z.literal('yes')),
  from: z.optional(z.enum(['stream', 'table'])),
});

const redriveCommand = defineCommand({
  name: 'failures redrive',
  summary:
    'Hand changes that a job has given up to it once more, or run a job by the clock once more; shows what it would do, unless told to do it',
  words: ['stage', 'job'],
  options: {
    message: { value: '<id>', help: `which one (see failures show), or ${ALL}: the oldest 100` },
    apply: { value: 'yes', help: 'does it; a message is deleted only after the job has dealt with all of it' },
    from: { value: 'stream|table', help: 'where changes are read: the stream, unless it has forgotten them' },
  },
  input: redriveInput,
  run: redriveAll,
});

export const FAILURE_COMMANDS: readonly Command[] = [list, show, redriveCommand];
