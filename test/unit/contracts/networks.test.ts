import { describe, expect, it } from '@jest/globals';
import { environmentValues } from '../../../infra/environment.ts';
import { STAGE_NAMES, STAGES } from '../../../infra/stages.ts';
import { CRYPTO_ASSETS, NETWORK_NAMES, paymentWaysOf } from '../../../shared/contracts/networks.ts';
import { networks } from '../../../shared/contracts/settings/networks.ts';
import { readSettings } from '../../../shared/platform/settings.ts';

const read = (NETWORKS: string) => readSettings({ settings: [networks] }, { NETWORKS });

describe('networks', () => {
  it('are those of the specification', () => {
    expect(NETWORK_NAMES.toSorted()).toEqual(
      ['BTC', 'BTC-LIQUID', 'ETH', 'USDT-ERC20', 'USDT-LIQUID', 'USDT-OMNI', 'USDT-TRC20'].toSorted(),
    );
    expect(CRYPTO_ASSETS).toEqual(['BTC', 'ETH', 'USDT']);
  });

  it.each(STAGE_NAMES)('are on by configuration, ERC20 and TRC20 in stage %s', (stage) => {
    const { NETWORKS = '' } = environmentValues(STAGES[stage], '111122223333', ['NETWORKS']);
    expect(read(NETWORKS)).toEqual({ settings: { networks: ['USDT-ERC20', 'USDT-TRC20', 'ETH'] } });
  });

  it('can all be off, and no other can be on', () => {
    expect(read('none')).toEqual({ settings: { networks: [] } });
    expect(() => read('USDT-ERC20,DOGE')).toThrow('NETWORKS is');
  });

  it('give an asset its payment ways', () => {
    expect(paymentWaysOf('USDT', STAGES.prod.networks)).toEqual(['ERC20', 'TRC20']);
    expect(paymentWaysOf('ETH', STAGES.prod.networks)).toEqual(['ERC20']);
    expect(paymentWaysOf('BTC', STAGES.prod.networks)).toEqual([]);
    expect(paymentWaysOf('BTC', ['BTC', 'BTC-LIQUID'])).toEqual(['BTC', 'LIQUID']);
  });
});
