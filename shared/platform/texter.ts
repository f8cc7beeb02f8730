import { PublishCommand } from '@aws-sdk/client-sns';
import { describeError, type Log } from './logger.ts';

export interface Texter {
  /**
   * Sends a text message to a number in E.164; whether the provider took it. A refusal is logged without the number.
   */
  send(to: string, text: string): Promise<boolean>;
}

/** The one call of SNS that is used. */
export interface TextClient {
  send(command: PublishCommand): Promise<unknown>;
}

/** Codes are worthless when they come late, so messages go by the dearer, surer route. */
const MessageAttributes = { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } };

export const createTexter = (client: TextClient, log: Log): Texter => ({
  send: async (PhoneNumber, Message) => {
    try {
      await client.send(new PublishCommand({ PhoneNumber, Message, MessageAttributes }));
      log('SMS_SENT', {}, { TextsSent: 1 });
      return true;
    } catch (error) {
      log('SMS_NOT_SENT', describeError(error), { TextsFailed: 1 });
      return false;
    }
  },
});
