import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sns, startSns } from '../../../../../infra/local/emulators/sns.ts';
import { temporaryDirectory } from '../fixture-assembly.ts';

const file = join(temporaryDirectory(), 'sms.jsonl');
let sns: Sns;

beforeAll(async () => {
  sns = await startSns(file, () => 1_700_000_000_000);
});

afterAll(() => sns.stop());

const send = (fields: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(sns.endpoint, { method: 'POST', body: new URLSearchParams({ Action: 'Publish', ...fields }) });

describe('the SNS stand-in', () => {
  it('takes a message to a phone number and keeps it over a restart', async () => {
    const response = await send({ PhoneNumber: '+886912345678', Message: '驗證碼 123456' });
    expect(response.status).toBe(200);
    await expect(response.text()).resolves.toMatch(/<MessageId>[0-9a-f-]{36}<\/MessageId>/);
    const kept = [{ to: '+886912345678', text: '驗證碼 123456', at: 1_700_000_000_000 }];
    expect(sns.messages()).toStrictEqual(kept);

    const restarted = await startSns(file);
    expect(restarted.messages()).toStrictEqual(kept);
    await restarted.stop();
  });

  it.each([
    ['another action', { Action: 'CreateTopic' }, 'InvalidAction'],
    ['a topic', { TopicArn: 'arn:aws:sns:x:1:t', Message: 'x' }, 'InvalidParameter'],
    ['a number that is not E.164', { PhoneNumber: '0912<345>678', Message: 'x' }, '0912&lt;345&gt;678'],
    ['an empty message', { PhoneNumber: '+886912345678', Message: '' }, 'Empty message'],
    ['a message that is too long', { PhoneNumber: '+886912345678', Message: 'x'.repeat(1_601) }, 'too long'],
  ])('refuses %s as XML', async (_name, fields, text) => {
    const before = sns.messages().length;
    const response = await send(fields);
    expect(response.status).toBe(400);
    await expect(response.text()).resolves.toContain(text);
    expect(sns.messages()).toHaveLength(before);
  });
});
