import { SNSClient } from '@aws-sdk/client-sns';
import { CALL_LIMITS } from './aws-clients.ts';
import { createTexter, type TextClient } from './texter.ts';

/** How an endpoint that declares `sms: 'send'` comes by it: passed by its function, so that no other bundle carries SNS. */
export const textService = {
  textClient: (): TextClient => new SNSClient(CALL_LIMITS),
  createTexter,
};
