import { StartError } from '../errors.ts';
import { createPolicy, type Need } from '../proxy/iam/policy.ts';
import type { Application } from '../template/application.ts';
import type { LocalEventSource } from '../template/event-sources.ts';
import { ACCOUNT, PARTITION } from '../template/physical-names.ts';

/** What Lambda does in the function's name ("Lambda execution role permissions", DynamoDB streams). */
const STREAM_ACTIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'] as const;

type Declared = Pick<Application, 'eventSources' | 'policies' | 'customerKeys'>;

const viaService = (service: string, region: string) => ({ 'kms:ViaService': `${service}.${region}.amazonaws.com` });

const streamNeeds = (
  { region, streamArn }: LocalEventSource,
  customerKeys: Declared['customerKeys'],
): readonly Need[] => {
  const key = customerKeys.get(streamArn.replace(/\/stream\/.*$/, ''));
  return [
    ...STREAM_ACTIONS.map((action) => ({ action: `dynamodb:${action}`, resource: streamArn })),
    ...(key === undefined ? [] : [{ action: 'kms:Decrypt', resource: key, context: viaService('dynamodb', region) }]),
  ];
};

const queueNeeds = (
  { region, failureQueue }: LocalEventSource,
  customerKeys: Declared['customerKeys'],
): readonly Need[] => {
  if (failureQueue === undefined) return [];
  const resource = `arn:${PARTITION}:sqs:${region}:${ACCOUNT}:${failureQueue}`;
  const key = customerKeys.get(resource);
  const onKey = key === undefined ? [] : ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({ action, key }));
  return [
    { action: 'sqs:SendMessage', resource },
    ...onKey.map(({ action, key: held }) => ({ action, resource: held, context: viaService('sqs', region) })),
  ];
};

/**
 * Checks that the role of every function behind a stream may read it, and write to its failure destination.
 *
 * @throws StartError naming the grant that is missing: Lambda would refuse the mapping.
 */
export const requireStreamGrants = ({ eventSources, policies, customerKeys }: Declared): void => {
  for (const source of eventSources) {
    const policy = policies.get(source.functionName);
    const decide = createPolicy(policy?.statements ?? [], () => {});
    const needs = [...streamNeeds(source, customerKeys), ...queueNeeds(source, customerKeys)];
    const missing = needs.find((need) => decide(need) !== 'allowed');
    if (missing === undefined) continue;
    throw new StartError(
      `Event source ${source.id}: Lambda would refuse it, for the role of ${source.functionName} may not do ` +
        `${missing.action} on ${missing.resource}. Grant it in the stack that makes the function.`,
    );
  }
};
