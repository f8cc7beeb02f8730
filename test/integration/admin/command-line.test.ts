import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { adminCommands } from '../../support/admin-commands.ts';
import { somebody } from '../../support/journey.ts';
import { envelopeOf } from '../../support/local-stack.ts';
import { useJourney } from '../../support/use-journey.ts';

const live = useJourney({ stage: 'test' });

const { admin, json, auditOf } = adminCommands(live);

const folder = mkdtempSync(join(tmpdir(), 'admin-'));

const fileOf = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, ['銀行代號,分支機構代號,金融機構名稱,分支機構名稱', ...lines].join('\n'));
  return path;
};

describe('npm run admin', () => {
  it('shows a user, sets status and terms, and each is audited as done by who called', async () => {
    const person = somebody();
    await live.journey.loggedIn(person);
    const shown = await admin(['users', 'show', person.email]);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(new RegExp(`username +│ ${person.username}`));
    expect(shown.stdout).toMatch(/status +│ 1 normal/);
    const locked = await admin([
      'users',
      'status',
      person.username,
      'locked',
      '--reason',
      'The owner reported a theft.',
    ]);
    expect(locked).toEqual({ code: 0, stdout: `The status of ${person.username} is locked now.\n`, stderr: '' });
    await json('users', 'vip', person.username, 'on', '--spread', '0.125', '--reason', 'Volume.');
    expect(await json('users', 'show', person.username)).toMatchObject({ userStatus: 7, isVIP: true, spread: 0.125 });
    const told = await auditOf('--username', person.username);
    expect(told.map(({ action }) => action)).toEqual(['user.read', 'user.vip', 'user.status', 'user.read']);
    expect(new Set(told.map(({ actor }) => actor))).toEqual(new Set(['arn:aws:iam::000000000000:user/jo.lin']));
    const page = await admin(['audit', '--username', person.username, '--limit', '1']);
    expect(page.stdout).toMatch(/There is more: --before \d{13}\.[0-9a-f]{32}/);
  });

  it('says what is refused, what makes no sense and what is out of reach', async () => {
    const person = somebody();
    await live.journey.loggedIn(person);
    expect(await admin(['users', 'show', 'nobody-at-all'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Refused: Not found. (code -404, HTTP 404)\n',
    });
    const reset = await admin(['users', '2fa-reset', person.username, '--reason', 'Lost phone.']);
    expect(reset).toMatchObject({ code: 1, stderr: expect.stringContaining('code 10011') });
    const wrong = await admin(['users', 'status', person.username, 'asleep', '--reason', 'why']);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('use one of normal, blocked') });
    const both = await admin(['audit', '--date', '2026-01-01', '--username', person.username]);
    expect(both).toMatchObject({ code: 1, stderr: expect.stringContaining('code -2') });
    const away = await admin(['audit'], { ADMIN_URL: 'http://127.0.0.1:9' });
    expect(away).toMatchObject({ code: 1, stderr: expect.stringContaining('gave no answer') });
    const publicApi = await admin(['audit'], { ADMIN_URL: live.stack.url });
    expect(publicApi).toMatchObject({ code: 1, stderr: expect.stringContaining('HTTP 404') });
  });
});

describe('npm run admin -- banks import', () => {
  const get = async (path: string, token: string): Promise<unknown> =>
    envelopeOf(await live.stack.call('GET', path, { headers: { token } })).data;

  it('is seen by users at once, tells what changed, and is audited', async () => {
    const token = await live.journey.loggedIn();
    expect(await get('/v1/finance/bank_codes', token)).toContainEqual({ code: '005', name: '臺灣土地銀行' });
    expect(await get('/v1/finance/bank_branches?code=005', token)).toEqual([]);
    const first = fileOf(
      'first.csv',
      '005,0016,土地銀行,基隆分行',
      '005,0027,土地銀行,台南分行',
      '901,0011,大里市農會,本會',
    );
    const imported = await admin(['banks', 'import', first]);
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    expect(imported.stdout).toContain('Imported 2 banks with 3 branches.');
    expect(imported.stdout).toContain('005 臺灣土地銀行 → 土地銀行');
    expect(imported.stdout).toContain('901 大里市農會');
    expect(await get('/v1/finance/bank_codes', token)).toContainEqual({ code: '901', name: '大里市農會' });
    expect(await get('/v1/finance/bank_branches?code=005', token)).toEqual([
      { code: '0016', name: '基隆分行' },
      { code: '0027', name: '台南分行' },
    ]);
    const second = fileOf('second.csv', '005,0016,土地銀行,基隆一分行');
    expect(await json('banks', 'import', second, '--reason', 'July.')).toMatchObject({
      imported: { banks: 1, branches: 1 },
      changes: {
        banks: { added: [], renamed: [], removed: [{ code: '901', name: '大里市農會' }] },
        branches: {
          added: [],
          renamed: [{ bank: '005', code: '0016', from: '基隆分行', to: '基隆一分行' }],
          removed: [
            { bank: '005', code: '0027' },
            { bank: '901', code: '0011' },
          ],
        },
      },
    });
    const [newest, , older] = (await auditOf()).filter(({ action }) => action.startsWith('banks.'));
    expect(newest).toMatchObject({
      action: 'banks.import',
      reason: 'July.',
      before: { branches: 3 },
      after: { branches: 1 },
    });
    expect(older).toMatchObject({
      action: 'banks.import',
      reason: expect.stringMatching(/^first\.csv, SHA-256 \w{64}$/),
    });
  });

  it('changes nothing where a line is wrong', async () => {
    const token = await live.journey.loggedIn();
    const before = await get('/v1/finance/bank_codes', token);
    const wrong = fileOf('wrong.csv', '902,0011,新農會,本會', '90,0011,新農會,本會');
    const refused = await admin(['banks', 'import', wrong]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('is refused, nothing was imported');
    expect(refused.stderr).toContain('line 3: bank is "90"');
    expect(await get('/v1/finance/bank_codes', token)).toEqual(before);
  });

  it('takes as many as are published, in parts', async () => {
    const lines = Array.from({ length: 400 }, (_, bank) =>
      Array.from(
        { length: 16 },
        (_branch, index) => `${bank + 500},${String(index).padStart(4, '0')},某某信用合作社,某某分社`,
      ),
    );
    const large = fileOf('large.csv', ...lines.flat());
    expect(await json('banks', 'import', large)).toMatchObject({ imported: { banks: 400, branches: 6400 } });
    const token = await live.journey.loggedIn();
    expect(await get('/v1/finance/bank_branches?code=899', token)).toHaveLength(16);
    expect(await get('/v1/finance/bank_branches?code=998', token)).toBeNull();
  });
});
