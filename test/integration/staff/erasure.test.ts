import { describe, expect, it } from '@jest/globals';
import { keepUntil, RETENTION, RETENTION_CATEGORIES } from '../../../shared/contracts/retention.ts';
import { staffAudit } from '../../../shared/contracts/staff/audit.ts';
import { readRecords, targetPartition } from '../../../shared/staff/audit-store.ts';
import { KIM } from '../../support/bookings.ts';
import { dyingClient } from '../../support/dying-client.ts';
import { erasureUseCases, FIVE_YEARS } from '../../support/erasure.ts';
import { ADDRESS, customerOf } from '../../support/erasure-person.ts';
import { useIdentity } from '../../support/identity.ts';
import { kycUseCases } from '../../support/kyc.ts';
import { ledgerWorld } from '../../support/ledger-verify/world.ts';
import { JO } from '../../support/staff.ts';
import { testFoundation } from '../../support/test-platform.ts';

const identity = useIdentity();
const erasing = () => erasureUseCases(identity());

/** Everything that tells who somebody is, as it is stored. */
const tracesOf = async (userId: string) => {
  const record = await kycUseCases(identity()).record(userId);
  if (!record?.mobilePhone || !record.phoneFingerprint || !record.phoneMask)
    throw new Error('There is no such record.');
  const { name, birthday, identityNumber, mobilePhone, nameMask, identityMask, phoneMask } = record;
  const masks = { nameMask, identityMask, phoneMask };
  const macs = { identityMac: record.identityFingerprint.mac, phoneMac: record.phoneFingerprint.mac };
  return { name, birthday, identityNumber, mobilePhone, ...masks, ...macs };
};

const recordsOf = (userId: string) => {
  const { audit } = testFoundation(staffAudit, identity().resources).platform.tables;
  return readRecords(audit, { partition: targetPartition(userId), limit: 100, before: undefined });
};

describe('a customer whose erasure is ordered', () => {
  it('loses at once what nothing asks for, and five years on all the rest, while the ledger stays proved', async () => {
    const { placesOf, orderByTwo, order, run, sweep } = erasing();
    const one = await customerOf(identity());
    const traces = await tracesOf(one.userId);
    expect(await placesOf(ADDRESS)).toEqual(['users:LOG', 'users:SESSION']);
    expect(await placesOf(one.email)).toEqual(
      expect.arrayContaining(['ledger:TRANSFER', 'outbox:OUTBOX', 'users:EMAIL', 'users:USER']),
    );

    const begun = await orderByTwo(one.name);
    const until = keepUntil(one.closedAt);
    expect(begun).toMatchObject({
      ok: true,
      data: { status: 'begun', obstacles: [], closedAt: one.closedAt, keepUntil: until },
    });
    expect(await identity().callerOf(one.token)).toBeUndefined();
    expect(await run()).toMatchObject({ kept: 1, failed: 0 });

    expect(await placesOf(ADDRESS)).toEqual([]);
    expect(await placesOf(one.apiKey)).toEqual([]);
    expect(await placesOf(one.email)).toEqual(['ledger:TRANSFER', 'users:EMAIL', 'users:USER']);
    expect(await placesOf(one.name)).toEqual([
      'audit:DAY',
      'audit:TARGET',
      'ledger:ROW',
      'ledger:TRANSFER',
      'users:EMAIL',
      'users:USER',
      'users:USERNAME',
    ]);
    for (const trace of Object.values(traces)) expect(await placesOf(trace)).toContain('kyc:KYC');
    const told = await order(one.name);
    expect(told).toMatchObject({ data: { status: 'kept', keepUntil: until } });
    const lines = told.ok ? told.data.lines : [];
    expect(lines.map(({ category }) => category)).toEqual(RETENTION_CATEGORIES);
    for (const { done, erased } of lines) expect(done).toBe(erased === 'at-once');
    expect(lines.find(({ category }) => category === 'identity')).toMatchObject({ until, ...RETENTION.identity });

    identity().clock.advance(until - identity().clock.now() - 1);
    expect(await run()).toMatchObject({ erased: 0 });
    expect(await placesOf(one.email)).not.toEqual([]);
    identity().clock.advance(1);
    expect(await run()).toMatchObject({ erased: 1, failed: 0 });

    for (const trace of Object.values(traces)) expect(await placesOf(trace)).toEqual([]);
    for (const gone of [one.email, ADDRESS, one.person.name, one.mobilePhone, one.person.identityNumber]) {
      expect(await placesOf(gone)).toEqual([]);
    }
    expect(await placesOf(one.name)).toEqual(['audit:DAY', 'audit:TARGET']);
    expect(await placesOf(one.bankRef)).toEqual(['audit:DAY', 'audit:TARGET']);
    expect(await placesOf(one.userId)).toEqual([
      'audit:DAY',
      'audit:TARGET',
      'ledger:ACCOUNT',
      // Time takes it, which the engine of tests does not have.
      'ledger:ALONE',
      'ledger:COUNT',
      'ledger:ENTRY',
      'ledger:FINE',
      'ledger:JOURNAL',
      'ledger:ROW',
      'ledger:SPENT',
      'ledger:TRANSFER',
      'users:ERASURE',
      // Time takes this one too.
      'users:FREEZE',
    ]);
    expect(await sweep()).toHaveLength(6);
    expect(await placesOf('identity/')).toEqual([]);

    const { problems, checked } = await ledgerWorld(identity().engine).verify();
    expect(problems).toEqual([]);
    expect(checked.transfers).toBeGreaterThan(0);
    const { records } = await recordsOf(one.userId);
    expect(records[0]).toMatchObject({ action: 'user.erased', actor: 'jobs.erasure', target: { username: '-' } });
    expect(records.find(({ action }) => action === 'user.erasure')).toMatchObject({
      actor: KIM.principal,
      after: { keepUntil: until, requestedBy: JO.principal },
    });
    const text = JSON.stringify(records);
    for (const secret of [one.email, one.person.name, one.person.identityNumber, one.mobilePhone, ADDRESS]) {
      expect(text).not.toContain(secret);
    }
    // The names are free again, and nobody is found by them.
    expect(await order(one.name)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await identity().registerAs(one.name)).toMatchObject({ ok: true });
  });

  it('loses the same however often the job dies, between any two calls', async () => {
    const { orderByTwo, run, placesOf, sweep } = erasing();
    const { resources } = identity();
    const one = await customerOf(identity());
    await orderByTwo(one.name);
    const runDying = async (): Promise<number> => {
      for (let calls = 1; ; calls += 1) {
        const client = dyingClient(identity().engine.endpoint, calls);
        await run({ ...resources, client: client.client }).catch(() => undefined);
        client.client.destroy();
        if (!client.died()) return calls;
      }
    };
    expect(await runDying()).toBeGreaterThan(20);
    expect(await placesOf(ADDRESS)).toEqual([]);
    resources.clock.advance(FIVE_YEARS);
    expect(await runDying()).toBeGreaterThan(20);
    expect(await placesOf(one.email)).toEqual([]);
    expect(await sweep()).toHaveLength(6);
    expect((await ledgerWorld(identity().engine).verify()).problems).toEqual([]);
    const { records } = await recordsOf(one.userId);
    expect(records.filter(({ action }) => action === 'user.erased')).toHaveLength(1);
  });
});
