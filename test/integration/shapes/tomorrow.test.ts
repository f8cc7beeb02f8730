import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { userKey } from '../../../shared/identity/user-store.ts';
import { accountKey, available } from '../../../shared/ledger/account.ts';
import { transferKey } from '../../../shared/ledger/transfer/transfer.ts';
import { KNOWN_SHAPE } from '../../../shared/platform/item-shape.ts';
import type { TableName } from '../../../shared/contracts/resources.ts';
import type { Key } from '../../../shared/platform/writes.ts';
import { testTable } from '../../support/engine.ts';
import { useIdentity } from '../../support/identity.ts';
import { ledgerWorld } from '../../support/ledger-verify/world.ts';
import { signedCalls } from '../../support/signed-calls.ts';
import { transferUseCases } from '../../support/transfers.ts';

const NEWER = { name: 'NewerShapeError' };

describe('an item of a shape that only newer code understands', () => {
  const identity = useIdentity();

  const setShape = async (table: TableName, key: Key, shape: number): Promise<void> => {
    await identity().resources.client.send(
      new UpdateCommand({
        TableName: testTable(table),
        Key: { ...key },
        UpdateExpression: 'SET v = :v',
        ExpressionAttributeValues: { ':v': shape },
      }),
    );
  };

  const balanceOf = async (key: Key) => (await ledgerWorld(identity().engine).table.get(key))?.['balance'];

  it('is answered 503 and logged, and is served again once it is known', async () => {
    const { freshKey, signed, userContainer } = signedCalls(identity());
    const key = await freshKey();
    const { userId } = (await freshOwner(key.holder.token)).user;
    const ask = () => {
      identity().clock.advance(1_000);
      return signed(userContainer(), key);
    };
    await setShape('users', userKey(userId), KNOWN_SHAPE + 1);
    expect(await ask()).toMatchObject({ status: 503, code: -503, success: false });
    const failed = identity().resources.lines.find((line) => line.includes('NewerShapeError'));
    expect(failed).toContain('"REQUEST_FAILED"');
    await setShape('users', userKey(userId), KNOWN_SHAPE);
    expect(await ask()).toMatchObject({ status: 200, code: 1 });
  });

  const freshOwner = async (token: string) => {
    const caller = await identity().callerOf(token);
    if (!caller) throw new Error('The token is not good.');
    return caller;
  };

  it('stops a transfer that would be read, and the pass of the reconciler', async () => {
    const transfers = transferUseCases(identity());
    const { from, id } = await transfers.mailConfirmed();
    await setShape('ledger', transferKey(id), KNOWN_SHAPE + 1);
    await expect(transfers.confirm(from, id)).rejects.toMatchObject(NEWER);
    await expect(ledgerWorld(identity().engine).verify()).rejects.toMatchObject(NEWER);
    await setShape('ledger', transferKey(id), KNOWN_SHAPE);
    expect(await transfers.confirm(from, id)).toMatchObject({ ok: true });
  });

  it('is not changed unread either, and is no lack of money', async () => {
    const transfers = transferUseCases(identity());
    const [from, to] = [await transfers.member({ USDT: '100' }), await transfers.member()];
    const account = accountKey(available(from.userId, 'USDT'));
    await setShape('ledger', account, KNOWN_SHAPE + 1);
    await expect(transfers.send(from, to, '40')).rejects.toMatchObject(NEWER);
    await expect(transfers.fund(from.userId, 'USDT', '1')).rejects.toMatchObject(NEWER);
    await setShape('ledger', account, KNOWN_SHAPE);
    expect(await balanceOf(account)).toBe(100_000_000);
    identity().clock.advance(60_000);
    expect(await transfers.send(from, to, '40')).toMatchObject({ ok: true });
  });
});
