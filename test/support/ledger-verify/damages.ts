import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Stored } from '../../../shared/ledger/verify/check.ts';
import { secondKey } from '../../../shared/ledger/history/second-index.ts';
import { placeOf } from '../../../shared/ledger/verify/problem.ts';
import { streamSchema } from '../../../shared/ledger/verify/user-tally.ts';
import type { Key } from '../../../shared/platform/writes.ts';
import { type Engine, testTable } from '../engine.ts';
import { MONEY_DAMAGES } from './money-damages.ts';
import { RECORD_DAMAGES } from './record-damages.ts';
import { TRANSFER_DAMAGES } from './transfer-damages.ts';
import type { Damage, Victim } from './victim.ts';

const TableName = testTable('ledger');

/** Every kind of damage by its name. */
export const DAMAGES: Readonly<Record<string, (victim: Victim) => Damage>> = {
  ...MONEY_DAMAGES,
  ...TRANSFER_DAMAGES,
  ...RECORD_DAMAGES,
};

const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk });

const touchedBy = ({ puts = [], deletes = [] }: Damage): readonly Key[] => [...puts, ...deletes].map(keyOf);

/** The id of a record in the key of what belongs to it. */
const RECORD = /(?:(?:deposit|adjustment|convert|payment|transfer)-|TRANSFER#|#(?=\d{14}))(\d+)/;

const ROW = /^ROW#([A-Z]+)#([A-Z]+)#(\d{13})#/;

/** Where a row is counted by the second: taken away together with it, the counts of an only row are what they should be. */
const countsOf = ({ pk, sk }: Key): readonly string[] => {
  const [, kind, asset, at] = ROW.exec(sk) ?? [];
  if (at === undefined) return [];
  const stream = streamSchema.parse({ class: kind, asset });
  return [placeOf(secondKey(pk.replace(/^USER#/, ''), stream, Number(at)))];
};

/** What a damage has to do with: two that share something could hide each other. */
const concernsOf = (done: Damage): readonly string[] =>
  [...touchedBy(done), done.at].flatMap((key) => {
    const place = placeOf(key);
    return [place, ...countsOf(key)].concat(RECORD.exec(place)?.slice(1) ?? []);
  });

const DRAWS = 200;

/** A damage of every kind by its name, none of them near another. */
export const drawDamages = (victim: Victim): ReadonlyMap<string, Damage> => {
  const concerned = new Set<string>();
  return new Map(
    Object.entries(DAMAGES).map(([name, make]) => {
      for (let draws = 0; draws < DRAWS; draws += 1) {
        const done = make(victim);
        const concerns = concernsOf(done);
        if (concerns.some((one) => concerned.has(one))) continue;
        for (const one of concerns) concerned.add(one);
        return [name, done];
      }
      throw new Error(`There is no room for: ${name}.`);
    }),
  );
};

/** Damages a ledger; gives what makes it whole again. */
export const damage = async (
  { client }: Engine,
  items: readonly Stored[],
  damages: readonly Damage[],
): Promise<() => Promise<void>> => {
  for (const { puts = [], deletes = [] } of damages) {
    for (const Item of puts) await client.send(new PutCommand({ TableName, Item }));
    for (const key of deletes) await client.send(new DeleteCommand({ TableName, Key: { ...keyOf(key) } }));
  }
  return async () => {
    for (const key of damages.flatMap(touchedBy)) {
      const Item = items.find(({ pk, sk }) => pk === key.pk && sk === key.sk);
      if (Item) await client.send(new PutCommand({ TableName, Item }));
      else await client.send(new DeleteCommand({ TableName, Key: { ...key } }));
    }
  };
};
