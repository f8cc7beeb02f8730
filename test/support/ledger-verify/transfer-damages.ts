import { WalletStatus } from '../../../shared/contracts/enums.ts';
import {
  type Damage,
  pick,
  number,
  any,
  isTransfer,
  isExpiry,
  isRow,
  isTransferRow,
  isCount,
  isSeconds,
  isOpen,
  STATUSES,
  withAmount,
  countAttribute,
  type Victim,
} from './victim.ts';

/** Damage to transfers and histories, at places that are drawn. */
export const TRANSFER_DAMAGES: Readonly<Record<string, (victim: Victim) => Damage>> = {
  "a transfer's status changed": (victim) => {
    const item = any(victim, isTransfer);
    const status = pick(
      STATUSES.filter((one) => one !== item['status']),
      victim.draw,
    );
    const expected = ['transfer-movements', 'row-differs', 'row-missing'] as const;
    return { puts: [{ ...item, status }], expected, at: item };
  },
  "a transfer's amount changed": (victim) => {
    const item = any(victim, isTransfer);
    const changed = withAmount(item, number(item['amount']) + 1n + BigInt(victim.draw(9)));
    return { puts: [changed], expected: ['transfer-movements'], at: item };
  },
  'a transfer deleted': (victim) => {
    const item = any(victim, isTransfer);
    const hold = pick(
      victim.items.filter(({ pk }) => pk === `JOURNAL#transfer-${String(item['id'])}-hold`),
      () => 0,
    );
    return { deletes: [item], expected: ['transfer-missing'], at: hold };
  },
  'a transfer half done': (victim) => {
    const item = any(victim, (one) => isTransfer(one) && one['status'] === WalletStatus.COMPLETED);
    const settled = victim.items.filter((one) => one['journalId'] === `transfer-${String(item['id'])}-settle`);
    return { deletes: settled, expected: ['transfer-movements'], at: item };
  },
  'an expiry deleted': (victim) => {
    const item = any(victim, isExpiry);
    const id = item.sk.slice(item.sk.indexOf('#') + 1);
    return { deletes: [item], expected: ['expiry-missing'], at: { pk: `TRANSFER#${id}`, sk: 'TRANSFER' } };
  },
  'an expiry too many': (victim) => {
    const item = any(victim, (one) => isTransfer(one) && !isOpen(one));
    const pk = `EXPIRY#${victim.draw(16)}`;
    const forged = { pk, sk: `${String(item['expiresAt'])}#${String(item['id'])}`, v: 1, id: item['id'] };
    return { puts: [forged], expected: ['expiry-superfluous'], at: forged };
  },
  "a row's status changed": (victim) => {
    const item = any(victim, isRow);
    const status = pick(
      STATUSES.filter((one) => one !== item['status']),
      victim.draw,
    );
    return { puts: [{ ...item, status }], expected: ['row-differs'], at: item };
  },
  'a row deleted': (victim) => {
    const item = any(victim, isTransferRow);
    const at = { pk: `TRANSFER#${String(item['id'])}`, sk: 'TRANSFER' };
    return { deletes: [item], expected: ['row-missing'], at };
  },
  'a row in the wrong history': (victim) => {
    const item = any(victim, isTransferRow);
    const forged = { ...item, pk: `${item.pk}-other` };
    return { puts: [forged], expected: ['row-superfluous'], at: forged };
  },
  'a count changed': (victim) => {
    const item = any(victim, isCount);
    const name = countAttribute(item, victim.draw);
    const changed = { ...item, [name]: Number(item[name]) + 1 + victim.draw(5) };
    return { puts: [changed], expected: ['count-differs'], at: item };
  },
  'a count of a second changed': (victim) => {
    const item = any(victim, isSeconds);
    const name = countAttribute(item, victim.draw);
    const changed = { ...item, [name]: Number(item[name]) + 1 + victim.draw(5) };
    return { puts: [changed], expected: ['count-differs'], at: item };
  },
  'a count moved to another second': (victim) => {
    const item = any(victim, isSeconds);
    const name = countAttribute(item, victim.draw);
    const { [name]: rows, ...rest } = item;
    const other = `s${String((Number(name.slice(1)) + 1 + victim.draw(598)) % 600).padStart(3, '0')}`;
    const changed = { ...rest, pk: item.pk, sk: item.sk, [other]: rows };
    return { puts: [changed], expected: ['count-differs'], at: item };
  },
  'the counts of ten minutes deleted': (victim) => {
    const item = any(victim, isSeconds);
    return { deletes: [item], expected: ['count-differs'], at: item };
  },
  'a count deleted': (victim) => {
    const item = any(victim, isCount);
    return { deletes: [item], expected: ['count-differs'], at: item };
  },
};
