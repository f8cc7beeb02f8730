import * as z from 'zod';
import { WalletRecordType } from '../../../shared/contracts/enums.ts';
import type { Stored } from '../../../shared/ledger/verify/check.ts';
import { any, type Damage, isJournal, isRecordRow, legsOf, number, pick, type Victim, withAmount } from './victim.ts';

const idIn = (journal: Stored): string => String(journal['journalId']).replace(/^\D*-/, '');

/** Movements of deposits, adjustments, conversions and payments. */
const isOfRecord = (item: Stored): boolean =>
  isJournal(item) && /^(?:deposit|adjustment|convert|payment)-/.test(String(item['journalId']));

const journalOfRow = ({ items }: Victim, row: Stored): Stored =>
  pick(
    items.filter((item) => isOfRecord(item) && idIn(item) === String(row['id'])),
    () => 0,
  );

/** The assets that a user has legs of. */
const journalLegs = (journal: Stored): readonly unknown[] =>
  legsOf(journal)
    .map(({ account }) => z.record(z.string(), z.unknown()).parse(account))
    .flatMap(({ owner, asset }) => (owner === 'user' ? [asset] : []));

/** Damage to what is booked at once and to what the history says of it, at places that are drawn. */
export const RECORD_DAMAGES: Readonly<Record<string, (victim: Victim) => Damage>> = {
  'the movement of a row deleted': (victim) => {
    const row = any(victim, isRecordRow);
    return { deletes: [journalOfRow(victim, row)], expected: ['row-unfounded'], at: row };
  },
  'a row of a record forged': (victim) => {
    const row = any(victim, isRecordRow);
    const forged = { ...row, pk: `${row.pk}-other` };
    return { puts: [forged], expected: ['row-unfounded'], at: forged };
  },
  'a row of a record deleted': (victim) => {
    const row = any(victim, isRecordRow);
    return { deletes: [row], expected: ['movement-unrecorded'], at: journalOfRow(victim, row) };
  },
  "the amount of a record's row changed": (victim) => {
    const row = any(victim, isRecordRow);
    const changed = withAmount(row, number(row['amount']) + 1n + BigInt(victim.draw(9)));
    return { puts: [changed], expected: ['row-amount-differs'], at: row };
  },
  'the price of a conversion changed': (victim) => {
    const isQuoted = (item: Stored): boolean =>
      isRecordRow(item) &&
      item['type'] === WalletRecordType.BUY &&
      journalLegs(journalOfRow(victim, item)).includes('TWD');
    const row = any(victim, isQuoted);
    return {
      puts: [{ ...row, totalPrice: `${1_000_000 + victim.draw(9)}` }],
      expected: ['row-amount-differs'],
      at: row,
    };
  },
  "the type of a record's row changed": (victim) => {
    const row = any(victim, isRecordRow);
    const types = [
      WalletRecordType.DEPOSIT,
      WalletRecordType.WITHDRAW,
      WalletRecordType.BUY,
      WalletRecordType.SELL,
      WalletRecordType.PAYMENT,
    ].filter((type) => type !== row['type']);
    return { puts: [{ ...row, type: pick(types, victim.draw) }], expected: ['row-differs'], at: row };
  },
  'a movement of nothing that is done': (victim) => {
    const journal = any(victim, isOfRecord);
    const journalId = `transfer-${idIn(journal)}-again`;
    const forged = { ...journal, journalId, pk: `JOURNAL#${journalId}` };
    return { puts: [forged], expected: ['movement-unknown'], at: forged };
  },
};
