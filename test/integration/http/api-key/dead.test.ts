import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { UserStatus } from '../../../../shared/contracts/enums.ts';
import { userKey } from '../../../../shared/identity/user-store.ts';
import { STEP } from '../../../support/authenticator.ts';
import { testTable } from '../../../support/engine.ts';
import { useIdentity } from '../../../support/identity.ts';
import { signedCalls } from '../../../support/signed-calls.ts';

const YEAR = 365 * 86_400_000;

describe('a key', () => {
  const identity = useIdentity();
  const calls = () => signedCalls(identity());

  it('is dead from the next request on once it is revoked, also where it was used before', async () => {
    const { freshKey, signed, userContainer, keys } = calls();
    const { holder, ...key } = await freshKey();
    const [warm, cold] = [userContainer(), userContainer()];
    expect(await signed(warm, key)).toMatchObject({ status: 200 });
    expect(await keys.revoke(holder.token, key.apiKey)).toMatchObject({ ok: true });
    identity().clock.advance(1);
    const unknown = { status: 401, code: -401, msg: expect.stringContaining('已撤銷') };
    expect(await signed(warm, key)).toMatchObject(unknown);
    expect(await signed(cold, key)).toMatchObject(unknown);
  });

  it('is read consistently with its user at every request, so that no replica which lags brings one back', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const handler = userContainer();
    const reads: unknown[] = [];
    const { middlewareStack } = identity().engine.client;
    middlewareStack.add(
      (next, { commandName }) =>
        (input) => {
          if (/Get|Query|Scan/.test(String(commandName))) reads.push(input);
          return next(input);
        },
      { step: 'initialize', name: 'reads' },
    );
    for (let request = 0; request < 2; request += 1) {
      expect(await signed(handler, key)).toMatchObject({ status: 200 });
      identity().clock.advance(1);
    }
    middlewareStack.remove('reads');
    // Key by itself, then key and user; the second request knows the secret, and reads both anew.
    expect(reads).toHaveLength(3);
    for (const read of reads) expect(JSON.stringify(read)).toContain('"ConsistentRead":true');
    expect(JSON.stringify(reads[2])).toContain(key.apiKey);
  });

  it('is dead from the millisecond that it expires in', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const handler = userContainer();
    const left = YEAR - 1_000;
    identity().clock.advance(left - 1);
    expect(await signed(handler, key)).toMatchObject({ status: 200 });
    identity().clock.advance(1);
    expect(await signed(handler, key)).toMatchObject({ status: 401, msg: expect.stringContaining('已過期') });
    expect(await signed(userContainer(), key)).toMatchObject({ status: 401, msg: expect.stringContaining('已過期') });
  });

  it('is dead in every container when the second factor is unbound, and while the status is not 1', async () => {
    const { freshKey, signed, userContainer, keys } = calls();
    const dead = { status: 401, code: -401, msg: expect.stringContaining('失效') };
    const first = await freshKey();
    const [warm, cold] = [userContainer(), userContainer()];
    expect(await signed(warm, first)).toMatchObject({ status: 200 });
    identity().clock.advance(2 * STEP);
    expect(await keys.factor.unbind(first.holder.token, first.holder.code())).toMatchObject({ ok: true });
    for (const container of [warm, cold]) expect(await signed(container, first)).toMatchObject(dead);

    const second = await freshKey();
    const { user } = await keys.factor.caller(second.holder.token);
    const become = (userStatus: number) =>
      identity().engine.client.send(
        new UpdateCommand({
          TableName: testTable('users'),
          Key: userKey(user.userId),
          UpdateExpression: 'SET userStatus = :status',
          ExpressionAttributeValues: { ':status': userStatus },
        }),
      );
    for (const status of [UserStatus.NOT_TRADABLE, UserStatus.NOT_ACTIVATED]) {
      await become(status);
      identity().clock.advance(1);
      for (const container of [warm, cold]) expect(await signed(container, second)).toMatchObject(dead);
    }
    await become(UserStatus.NORMAL);
    identity().clock.advance(1);
    expect(await signed(warm, second)).toMatchObject({ status: 200 });
  });

  it('says no more than that it exists to who cannot sign', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey({ ipAllowlist: ['198.51.100.1'] });
    identity().clock.advance(2 * YEAR);
    const answer = await signed(userContainer(), { ...key, secret: 'wrong' });
    expect(answer).toMatchObject({ status: 401, msg: expect.stringContaining('簽章不符') });
  });
});
