import { describe, expect, it } from '@jest/globals';
import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { WalletStatus } from '../../../shared/contracts/enums.ts';
import { accountKey, frozen } from '../../../shared/ledger/account.ts';
import { EXPIRY_SHARDS, expiryPartition, transferKey } from '../../../shared/ledger/transfer/transfer.ts';
import { testTable } from '../../support/engine.ts';
import { STEP } from '../../support/authenticator.ts';
import { useIdentity } from '../../support/identity.ts';
import { waitingMails } from '../../support/stored.ts';
import { transferUseCases } from '../../support/transfers.ts';

const MINUTE = 60_000;

const TableName = testTable('ledger');

describe('transfers that nobody confirms', () => {
  const identity = useIdentity();
  const useCases = () => transferUseCases(identity());

  const waitingToExpire = async (): Promise<number> => {
    const counts = Array.from({ length: EXPIRY_SHARDS }, async (_, shard) => {
      const values = { ':pk': expiryPartition(shard) };
      const query = { TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: values };
      return (await identity().resources.client.send(new QueryCommand(query))).Count ?? 0;
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  };

  it('expire at their deadline and not before, e-mail confirmed or not; the sender has the money, and is told', async () => {
    const { sending, mailConfirmed, expire, holdings, stateOf } = useCases();
    const made = [await sending('40'), await mailConfirmed('40')];
    const { clock, resources } = identity();
    clock.advance(30 * MINUTE - 1);
    // The first of them is over already, the second was made a moment later.
    const [first, second] = made;
    await expire();
    expect(await stateOf(second?.id ?? 0)).toBe(WalletStatus.EMAIL_CONFIRMED);
    clock.advance(1);
    expect(await expire()).toMatchObject({ failed: 0, late: 0 });
    for (const { from, to, id } of [first, second].filter((one) => one !== undefined)) {
      expect(await stateOf(id)).toBe(WalletStatus.EXPIRED);
      expect(await holdings(from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
      expect(await holdings(to.userId, 'USDT')).toEqual({ available: '0', frozen: '0' });
      const mails = await waitingMails(resources, from.email);
      const facts = { transferId: id, amount: '40', asset: 'USDT', receiver: to.name };
      expect(mails.filter(({ kind }) => kind === 'transfer-expired')).toMatchObject([{ facts }]);
      expect(await waitingMails(resources, to.email)).toEqual([]);
    }
    expect(await waitingToExpire()).toBe(0);
    expect(await expire()).toEqual({ expired: 0, closed: 0, failed: 0, late: 0 });
  });

  it('are found however many there are', async () => {
    const { member, send, expire, holdings } = useCases();
    const [from, to] = [await member({ USDT: '100' }), await member()];
    for (let count = 0; count < 40; count += 1) {
      const sent = await send(from, to, '1');
      if (!sent.ok) throw new Error(sent.code);
      identity().clock.advance(STEP);
    }
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '60', frozen: '40' });
    identity().clock.advance(30 * MINUTE);
    expect(await expire()).toEqual({ expired: 40, closed: 0, failed: 0, late: 0 });
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
  });

  it('expire though others fail, which are logged and tried again', async () => {
    const { sending, expire, stateOf, holdings } = useCases();
    const [broken, whole] = [await sending('40'), await sending('40')];
    const { client, lines } = identity().resources;
    const account = accountKey(frozen(broken.from.userId, 'USDT'));
    const setTo = (balance: number) =>
      client.send(
        new UpdateCommand({
          TableName,
          Key: { ...account },
          UpdateExpression: 'SET balance = :balance',
          ExpressionAttributeValues: { ':balance': balance },
        }),
      );
    await setTo(1);
    identity().clock.advance(30 * MINUTE);
    lines.length = 0;
    expect(await expire()).toEqual({ expired: 1, closed: 0, failed: 1, late: 0 });
    const logged = lines.filter((line) => line.includes('TRANSFER_NOT_EXPIRED'));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(`#${broken.id}"`);
    expect(logged[0]).toContain('LedgerError');
    expect(await stateOf(whole.id)).toBe(WalletStatus.EXPIRED);
    expect(await stateOf(broken.id)).toBe(WalletStatus.PENDING);
    await setTo(40_000_000);
    expect(await expire()).toEqual({ expired: 1, closed: 0, failed: 0, late: 0 });
    expect(await holdings(broken.from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
  });

  it('are looked for one by one where an item among the deadlines is wrong', async () => {
    const { sending, expire, stateOf } = useCases();
    const gone = await sending('40');
    const kept = await sending('40');
    await identity().resources.client.send(new DeleteCommand({ TableName, Key: { ...transferKey(gone.id) } }));
    identity().clock.advance(30 * MINUTE);
    expect(await expire()).toMatchObject({ expired: 1, failed: 1 });
    expect(await stateOf(kept.id)).toBe(WalletStatus.EXPIRED);
  });
});
