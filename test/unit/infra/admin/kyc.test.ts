import { describe, expect, it } from '@jest/globals';
import type { Context } from '../../../../infra/admin/command.ts';
import { KYC_COMMANDS } from '../../../../infra/admin/kyc.ts';
import { runCommand } from '../../../../infra/admin/run.ts';
import type { EndpointSpec } from '../../../../shared/contracts/endpoint.ts';
import { staffKycReviews } from '../../../../shared/contracts/staff/kyc-reviews.ts';
import { staffKycUser } from '../../../../shared/contracts/staff/kyc-user.ts';

interface Sent {
  readonly id: string;
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Runs a command over an API that answers every call with its example, and tells what was sent. */
const run = async (...args: readonly string[]) => {
  const sent: Sent[] = [];
  const context: Context = {
    call: (endpoint: EndpointSpec, { params, query, body }, data) => {
      // Whatever is sent is what the API takes.
      endpoint.body?.parse(body);
      endpoint.query?.parse(query);
      sent.push({ id: endpoint.id, params, query, body });
      return Promise.resolve(data.parse(endpoint.example.data));
    },
    readFile: () => Promise.reject(new Error('no such file')),
    now: () => 0,
    newId: () => 'id',
    aws: () => {
      throw new Error('No AWS in this test.');
    },
  };
  const [printed, complaints] = [[] as string[], [] as string[]];
  const output = { print: (text: string) => printed.push(text), complain: (text: string) => complaints.push(text) };
  const code = await runCommand(KYC_COMMANDS, args, () => context, output);
  return { code, sent, printed: printed.join('\n'), complaints: complaints.join('\n') };
};

describe('kyc list', () => {
  it('asks for what is under review, and says how to go on', async () => {
    const { sent, printed } = await run('kyc', 'list', '--level', '2', '--limit', '1');
    expect(sent).toEqual([{ id: 'admin.kyc-reviews', query: { status: 2, level: 2, limit: '1' } }]);
    expect(printed).toMatch(/peter0105 +│ 2 +│ 2021-06-23 03:44:15Z/);
    expect(printed).toContain('--after 1624419855823.5d41402abc4b2a76b9719d911017c592');
  });

  it('is JSON for programs', async () => {
    const { printed } = await run('kyc', 'list', '--json');
    expect(JSON.parse(printed)).toEqual(staffKycReviews.example.data);
  });
});

describe('kyc show', () => {
  it('shows the person, the documents and a link to each, whole', async () => {
    const { sent, printed } = await run('kyc', 'show', 'peter0105');
    expect(sent).toEqual([{ id: 'admin.kyc-user', params: { username: 'peter0105' } }]);
    for (const shown of [
      '林書得',
      '1 man',
      '1990/01/05',
      'A123456789',
      '+886912345678',
      'other: savings',
      '2 verifying',
    ]) {
      expect(printed).toContain(shown);
    }
    expect(printed).toMatch(/1 id front +│ 2 uploaded +│ image\/jpeg +│ 61516/);
    const [image] = staffKycUser.example.data.images;
    expect(printed.split('\n')).toContain(`1 ${image.url}`);
    expect(printed).toContain('good until 2021-06-23 03:49:15Z');
  });
});

describe('kyc approve', () => {
  it('sends the level, the reason, and the version that was looked at', async () => {
    const args = ['kyc', 'approve', 'peter0105', '2', '--reason', 'In order.', '--version', '7'];
    const { code, sent, printed } = await run(...args);
    expect([code, printed]).toEqual([0, 'Level 2 of peter0105 is approved.']);
    expect(sent).toEqual([
      {
        id: 'admin.kyc-decision',
        params: { username: 'peter0105' },
        body: { level: 2, decision: 'approve', version: 7, reason: 'In order.' },
      },
    ]);
  });
});

describe('kyc reject', () => {
  it('names documents to send again, each with its own reason where it has one', async () => {
    const documents = ['--images', '3,5', '--accept', '1,2,4', '--reason-5', 'Older than three months.'];
    const { code, sent } = await run('kyc', 'reject', 'peter0105', '2', ...documents, '--reason', 'Blurred.');
    expect(code).toBe(0);
    expect(sent[0]?.body).toEqual({
      level: 2,
      decision: 'reject',
      images: { 1: 'approve', 2: 'approve', 3: 'reject', 4: 'approve', 5: 'reject' },
      reasons: { 5: 'Older than three months.' },
      reason: 'Blurred.',
    });
  });

  it('of level 1 reopens it', async () => {
    const { sent, printed } = await run('kyc', 'reject', 'peter0105', '1', '--reason', 'Misspelt.');
    expect(sent[0]?.body).toEqual({ level: 1, decision: 'reject', reason: 'Misspelt.' });
    expect(printed).toBe('Level 1 of peter0105 is open again.');
  });
});

describe('kyc release', () => {
  it.each([
    [['--identity-number', 'A123456789'], { identityNumber: 'A123456789' }, 'identity number'],
    [['--mobile-phone', '0912345678'], { mobilePhone: '0912345678' }, 'phone'],
  ])('%j sends that number', async (options, number, what) => {
    const { sent, printed } = await run('kyc', 'release', 'peter0105', ...options, '--reason', 'Lost.');
    expect(sent).toEqual([
      { id: 'admin.kyc-release', params: { username: 'peter0105' }, body: { ...number, reason: 'Lost.' } },
    ]);
    expect(printed).toContain(`The ${what} of peter0105 is free`);
  });
});

describe('a line that makes no sense', () => {
  it.each([
    [['list', '--level', '1'], '--level'],
    [['approve', 'ann', '1', '--reason', 'x'], '<level> is "1": use one of 2, 3'],
    [['approve', 'ann', '2'], '--reason'],
    [['reject', 'ann', '2', '--reason', 'x'], '--images'],
    [['reject', 'ann', '2', '--images', '7', '--reason', 'x'], '--images is "7"'],
    [['release', 'ann', '--reason', 'x'], '--identity-number or --mobile-phone'],
    [['release', 'ann', '--identity-number', 'A', '--mobile-phone', '0', '--reason', 'x'], '--identity-number'],
  ])('kyc %j sends nothing and says why', async (args, why) => {
    const { code, sent, complaints } = await run('kyc', ...args);
    expect([code, sent]).toEqual([2, []]);
    expect(complaints).toContain(why);
  });
});
