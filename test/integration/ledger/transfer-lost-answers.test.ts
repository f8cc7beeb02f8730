import { describe, expect, it } from '@jest/globals';
import { useIdentity } from '../../support/identity.ts';
import { waitingMails } from '../../support/stored.ts';
import { transferUseCases } from '../../support/transfers.ts';

describe('a transaction that fails or whose answer is lost', () => {
  const identity = useIdentity();
  const useCases = () => transferUseCases(identity());

  /** Makes the next transaction fail, before or after it is done. */
  const strike = (when: 'before' | 'after'): void => {
    const { middlewareStack } = identity().resources.client;
    middlewareStack.add(
      (next, context) => async (input) => {
        if (context.commandName !== 'TransactWriteItemsCommand') return next(input);
        middlewareStack.remove('strike');
        if (when === 'after') await next(input);
        throw new Error('Struck.');
      },
      { step: 'initialize', name: 'strike' },
    );
  };

  it('before: the money is where it was, no mail waits, and the same code is good', async () => {
    const { member, send, holdings } = useCases();
    const [from, to] = [await member({ USDT: '100' }), await member()];
    strike('before');
    await expect(send(from, to, '40')).rejects.toThrow('Struck.');
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '100', frozen: '0' });
    expect(await waitingMails(identity().resources, from.email)).toEqual([]);
    expect(await send(from, to, '40')).toMatchObject({ ok: true });
  });

  it('after: the money is frozen, the mail waits, and the code is spent', async () => {
    const { member, send, holdings } = useCases();
    const [from, to] = [await member({ USDT: '100' }), await member()];
    strike('after');
    await expect(send(from, to, '40')).rejects.toThrow('Struck.');
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '60', frozen: '40' });
    expect(await waitingMails(identity().resources, from.email)).toHaveLength(1);
    expect(await send(from, to, '40')).toEqual({ ok: false, code: 'TWO_FACTOR_WRONG' });
  });

  it.each(['before', 'after'] as const)('%s: who confirms again has it confirmed once', async (when) => {
    const { mailConfirmed, confirm, holdings } = useCases();
    const { from, to, id } = await mailConfirmed();
    strike(when);
    await expect(confirm(from, id)).rejects.toThrow('Struck.');
    expect(await confirm(from, id)).toEqual({ ok: true, data: id });
    expect(await holdings(from.userId, 'USDT')).toEqual({ available: '60', frozen: '0' });
    expect(await holdings(to.userId, 'USDT')).toEqual({ available: '40', frozen: '0' });
  });
});
