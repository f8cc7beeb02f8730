import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding of the AwsSolutions checks that is accepted, and why. */
export interface Exception {
  readonly id: string;
  readonly reason: string;
}

/** Every accepted exception is in this file; a finding that is not fails synthesis. */

export const TRACING: Exception = {
  id: 'AwsSolutions-IAM5[Resource::*]',
  reason: 'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources; no other action is in that statement.',
};

export const TEXT_MESSAGES: Exception = {
  id: 'AwsSolutions-IAM5[Resource::*]',
  reason: 'sns:Publish to a phone number knows no resource; no other action is in that statement.',
};

/** How the checks print the account. */
export const ACCOUNT = '<AWS::AccountId>';

/** @param bucket its name, as the check prints it. */
export const objectsOf = (bucket: string, prefix: string): Exception => ({
  id: `AwsSolutions-IAM5[Resource::arn:aws:s3:::${bucket}/${prefix}*]`,
  reason: 'Objects are named by what they hold; bucket and prefix before the wildcard are fixed.',
});

/** @param logGroupArn the ARN of the function's own log group, as the check prints it. */
export const logStreams = (logGroupArn: string): Exception => ({
  id: `AwsSolutions-IAM5[Resource::${logGroupArn}:*]`,
  reason: 'Lambda names the log streams of a function; the log group before the wildcard is its own.',
});

export const GATEWAY_LOG_ROLE: Exception = {
  id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
  reason: 'API Gateway checks the role of an account for exactly this managed policy before it writes any log.',
};

export const DEPLOYMENT_ROLE: Exception = {
  id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
  reason: 'AWS keeps it in step with what CodeDeploy calls: it reads alarms and moves aliases, and can change no code.',
};

export const VALIDATION_IN_FUNCTIONS: Exception = {
  id: 'AwsSolutions-APIG2',
  reason: 'Functions validate against the contract and name the wrong field in the envelope; a gateway model cannot.',
};

export const NO_WAF_LOCALLY: Exception = {
  id: 'AwsSolutions-APIG3',
  reason: 'The local stage runs on one machine and is never deployed; every other stage has a web ACL.',
};

export const END_OF_THE_LINE: Exception = {
  id: 'AwsSolutions-SQS3',
  reason: 'A failure queue is itself where things end that failed elsewhere; nobody but people reads it.',
};

export const NO_WAF_FOR_STAFF: Exception = {
  id: 'AwsSolutions-APIG3',
  reason: 'IAM refuses whoever is not staff before anything of ours runs, and knows by name who was let in.',
};

/** Accepts findings on one construct and what is inside it, nowhere else. */
export const accept = (construct: IConstruct, ...exceptions: readonly Exception[]): void =>
  Validations.of(construct).acknowledge(...exceptions);
