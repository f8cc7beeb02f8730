import {
  type Damage,
  pick,
  number,
  any,
  isAccount,
  isUserEntry,
  isHouseEntry,
  isEntry,
  isJournal,
  journalOf,
  legsOf,
  some,
  withAmount,
  type Victim,
} from './victim.ts';

/** Damage to what was booked, at places that are drawn. */
export const MONEY_DAMAGES: Readonly<Record<string, (victim: Victim) => Damage>> = {
  'a balance changed': (victim) => {
    const item = any(victim, isAccount);
    const changed = { ...item, balance: number(item['balance']) + 1_000_000_000n + some(victim.draw) };
    return { puts: [changed], expected: ['balance-differs'], at: item };
  },
  'a number of entries changed': (victim) => {
    const item = any(victim, isAccount);
    const entries = Number(item['entries']) + 1 + victim.draw(5);
    return { puts: [{ ...item, entries }], expected: ['balance-differs'], at: item };
  },
  'a balance below zero': (victim) => {
    const item = any(victim, isAccount);
    return { puts: [{ ...item, balance: -1 - victim.draw(1000) }], expected: ['balance-negative'], at: item };
  },
  'an account deleted': (victim) => {
    const item = any(victim, isAccount);
    return { deletes: [item], expected: ['balance-differs'], at: item };
  },
  'an entry of a user deleted': (victim) => {
    const item = any(victim, isUserEntry);
    return { deletes: [item], expected: ['entry-missing'], at: journalOf(victim, item) };
  },
  'an entry of the house deleted': (victim) => {
    const item = any(victim, isHouseEntry);
    return { deletes: [item], expected: ['entry-missing'], at: journalOf(victim, item) };
  },
  'an entry of a user changed': (victim) => {
    const item = any(victim, isUserEntry);
    const changed = withAmount(item, number(item['amount']) + some(victim.draw));
    return { puts: [changed], expected: ['entry-differs'], at: item };
  },
  'an entry of the house changed': (victim) => {
    const item = any(victim, isHouseEntry);
    const changed = withAmount(item, number(item['amount']) + some(victim.draw));
    return { puts: [changed], expected: ['entry-differs'], at: item };
  },
  'an entry added': (victim) => {
    const item = any(victim, isEntry);
    const journalId = `forged-${victim.draw(1_000_000)}`;
    const sk = item.sk.replace(/#[^#]+$/, `#${journalId}`);
    const forged = { ...item, sk, journalId };
    return { puts: [forged], expected: ['entry-unfounded'], at: forged };
  },
  'an entry of a known movement added': (victim) => {
    const item = any(victim, isUserEntry);
    const forged = { ...item, pk: `${item.pk}-other` };
    return { puts: [forged], expected: ['entry-unfounded'], at: forged };
  },
  'an entry that is no number': (victim) => {
    const item = any(victim, isEntry);
    return { puts: [{ ...item, amount: 'much' }], expected: ['unreadable'], at: item };
  },
  'a journal deleted': (victim) => {
    const item = any(victim, isJournal);
    const entry = pick(
      victim.items.filter((one) => isEntry(one) && one['journalId'] === item['journalId']),
      victim.draw,
    );
    return { deletes: [item], expected: ['entry-unfounded'], at: entry };
  },
  'a journal changed': (victim) => {
    const item = any(victim, isJournal);
    const factor = BigInt(2 + victim.draw(5));
    const legs = legsOf(item).map((leg) => Object.assign(leg, { amount: number(leg['amount']) * factor }));
    return { puts: [{ ...item, legs }], expected: ['entry-differs'], at: item };
  },
  'a journal out of balance': (victim) => {
    const item = any(victim, isJournal);
    const [first, ...others] = legsOf(item);
    const legs = [{ ...first, amount: number(first?.['amount']) + some(victim.draw) }, ...others];
    return { puts: [{ ...item, legs }], expected: ['journal-unbalanced'], at: item };
  },
};
