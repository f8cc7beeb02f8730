import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { bankBranches } from '../../../shared/contracts/endpoints/finance/bank-branches.ts';
import { BANKS } from '../../../shared/kyc/banks.ts';
import { findBranch, findCurrentImport, listBanks, listBranches } from '../../../shared/kyc/bank-store.ts';
import { viewBranches } from '../../../shared/kyc/bank-view.ts';
import { bankOf, bankStaffOn, newImportId } from '../../support/banks.ts';
import { HOUR } from '../../../shared/platform/clock.ts';
import { meetAt, recordCalls } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { type Engine, startEngine, testTable } from '../../support/engine.ts';
import { staffOn } from '../../support/staff.ts';
import { testClock, testFoundation, testInbox, type TestResources } from '../../support/test-platform.ts';

let engine: Engine | undefined;
let resources: TestResources;

beforeEach(async () => {
  await engine?.stop();
  engine = await startEngine();
  resources = { client: engine.client, clock: testClock(), inbox: testInbox(), lines: [] };
});
afterAll(async () => {
  await engine?.stop();
});

const platform = () => testFoundation(bankBranches, resources).platform;
const table = () => platform().tables.kyc;
const staff = () => bankStaffOn(resources);
const branchesOf = async (code: string) => listBranches(table(), code, await findCurrentImport(table()));

const LAND = bankOf('005', '臺灣土地銀行', '0016', '0027');
const FARMERS = bankOf('901', '大里市農會', '0011');

/** Partitions of the kyc table that hold banks. */
const partitions = async (): Promise<readonly string[]> => {
  const { Items = [] } = await resources.client.send(new ScanCommand({ TableName: testTable('kyc') }));
  return [...new Set(Items.map(({ pk }) => String(pk)).filter((pk) => pk.startsWith('BANKS#')))];
};

describe('banks before any import', () => {
  it('are the built-in ones, by code, with any branch of four digits', async () => {
    expect(await listBanks(table())).toEqual(BANKS);
    expect(await branchesOf('005')).toEqual([]);
    expect(await findBranch(table(), '005', '0016')).toEqual({
      bankCode: '005',
      bankName: '臺灣土地銀行',
      branchCode: '0016',
      branchName: '0016',
    });
    for (const branch of ['', '16', '00160', 'A016', '００１６']) {
      expect(await findBranch(table(), '005', branch)).toBeUndefined();
    }
    expect(await findBranch(table(), '999', '0016')).toBeUndefined();
  });

  it('have codes of three digits, each once, in order', () => {
    const codes = BANKS.map(({ code }) => code);
    expect(codes.filter((code) => !/^\d{3}$/.test(code))).toEqual([]);
    expect(codes).toEqual([...new Set(codes)].toSorted());
  });

  it('that do not exist are said to in the caller’s language', async () => {
    expect(await viewBranches(platform(), { code: '999' }, 'en', undefined)).toMatchObject({
      code: 'INVALID_PARAMETER',
      params: { field: 'code', reason: expect.stringContaining('no bank of this code') },
    });
  });
});

describe('an import', () => {
  it('adds banks, renames built-in ones and has only its branches', async () => {
    await staff().importBanks(bankOf('005', '土地銀行', '0016'), FARMERS);
    const names = new Map((await listBanks(table())).map(({ code, name }) => [code, name]));
    expect([names.get('004'), names.get('005'), names.get('901')]).toEqual(['臺灣銀行', '土地銀行', '大里市農會']);
    expect(names.size).toBe(BANKS.length + 1);
    expect(await branchesOf('005')).toEqual([{ code: '0016', name: '0016分行' }]);
    expect(await findBranch(table(), '005', '0016')).toMatchObject({ bankName: '土地銀行', branchName: '0016分行' });
    expect(await findBranch(table(), '005', '0027')).toBeUndefined();
    expect(await findBranch(table(), '004', '0027')).toMatchObject({ bankName: '臺灣銀行', branchName: '0027' });
  });

  it('is not seen before it is whole, and then at once', async () => {
    const importId = newImportId();
    await staff().store(importId, LAND);
    expect(await branchesOf('005')).toEqual([]);
    expect(await staff().finish(importId, 2, 3)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    expect(await branchesOf('005')).toEqual([]);
    await staff().store(importId, FARMERS);
    expect(await staff().finish(importId, 2, 3)).toMatchObject({ ok: true });
    expect((await branchesOf('005'))?.length).toBe(2);
  });

  it('tells what it changed', async () => {
    expect(await staff().importBanks(LAND)).toEqual({
      ok: true,
      data: {
        banks: { added: [], renamed: [], removed: [] },
        branches: {
          added: [
            { bank: '005', code: '0016', name: '0016分行' },
            { bank: '005', code: '0027', name: '0027分行' },
          ],
          renamed: [],
          removed: [],
        },
      },
    });
    const renamed = { ...LAND, branches: [{ code: '0016', name: '基隆分行' }] };
    expect(await staff().importBanks(renamed, FARMERS)).toEqual({
      ok: true,
      data: {
        banks: { added: [{ code: '901', name: '大里市農會' }], renamed: [], removed: [] },
        branches: {
          added: [{ bank: '901', code: '0011', name: '0011分行' }],
          renamed: [{ bank: '005', code: '0016', from: '0016分行', to: '基隆分行' }],
          removed: [{ bank: '005', code: '0027', name: '0027分行' }],
        },
      },
    });
    expect(await staff().importBanks(renamed)).toMatchObject({
      data: { banks: { removed: [{ code: '901', name: '大里市農會' }] } },
    });
  });

  it('is audited, in parts and as a whole, with what counted before', async () => {
    await staff().importBanks(LAND);
    resources.clock.advance(1000);
    await staff().importBanks(LAND, FARMERS);
    const { records } = await staffOn(resources).audit({ date: '2026-01-01' });
    const told = records
      .filter(({ action }) => action !== 'audit.read')
      .map(({ action, before, after }) => `${action} ${before?.branches ?? 'none'} to ${after?.branches ?? 'none'}`);
    expect(told.toSorted()).toEqual([
      'banks.import 2 to 3',
      'banks.import none to 2',
      'banks.part none to 2',
      'banks.part none to 3',
    ]);
  });

  it('takes no part after it counts, and does not count twice', async () => {
    const importId = newImportId();
    await staff().store(importId, LAND);
    await staff().finish(importId, 1, 2);
    expect(await staff().store(importId, FARMERS)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    expect(await staff().finish(importId, 1, 2)).toEqual({ ok: false, code: 'UPDATE_FAILED' });
    expect(await branchesOf('901')).toBeUndefined();
  });

  it('is one of two at once; the other is told and nothing of it is seen', async () => {
    const [first, second] = [newImportId(), newImportId()];
    await staff().store(first, LAND);
    await staff().store(second, FARMERS);
    const client = documentClientFor(engine?.endpoint ?? '');
    const met = meetAt(client, 'TransactWriteItems', 2);
    const both = bankStaffOn({ ...resources, client });
    const results = await Promise.all([both.finish(first, 1, 2), both.finish(second, 1, 1)]);
    expect(met()).toBe(true);
    client.destroy();
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, code: 'UPDATE_FAILED' });
    const winner = results.findIndex(({ ok }) => ok);
    const branches = [await branchesOf('005'), await branchesOf('901')];
    expect(branches.map((list) => list?.length ?? 0)).toEqual([winner === 0 ? 2 : 0, winner === 1 ? 1 : 0]);
  });

  it('leaves the one before it in place for who is reading, and clears away all older ones', async () => {
    await staff().store(newImportId(), FARMERS);
    resources.clock.advance(HOUR);
    for (const name of ['a', 'b', 'c']) await staff().importBanks({ ...LAND, name });
    expect(await partitions()).toHaveLength(2);
    const many = Array.from({ length: 45 }, (_, index) => bankOf(String(500 + index), 'x', '0001'));
    const importId = newImportId();
    for (const start of [0, 15, 30]) await staff().store(importId, ...many.slice(start, start + 15));
    expect(await staff().finish(importId, 45, 45)).toMatchObject({ ok: true });
    expect(await partitions()).toHaveLength(2);
    expect((await listBanks(table())).length).toBe(BANKS.length + 45);
  });

  it('is read in two calls, one where no branch is asked for', async () => {
    await staff().importBanks(LAND);
    const client = documentClientFor(engine?.endpoint ?? '');
    const calls = recordCalls(client);
    const { kyc } = testFoundation(bankBranches, { ...resources, client }).platform.tables;
    await listBanks(kyc);
    expect(calls.splice(0).map(({ operation }) => operation)).toEqual(['GetItem']);
    await findBranch(kyc, '005', '0016');
    expect(calls.map(({ operation }) => operation)).toEqual(['GetItem', 'GetItem']);
    client.destroy();
  });
});
