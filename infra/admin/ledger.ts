import * as z from 'zod/mini';
import { type AssetName, ASSETS } from '../../shared/contracts/assets.ts';
import { LEDGER_CHECKED } from '../../shared/contracts/ledger-problems.ts';
import { staffLedgerVerify } from '../../shared/contracts/staff/ledger-verify.ts';
import { type Command, defineCommand } from './command.ts';
import { table } from './text.ts';

type Part = z.output<typeof staffLedgerVerify.data>;

interface Sum {
  users: bigint;
  house: bigint;
}

const isAsset = (name: string): name is AssetName => Object.hasOwn(ASSETS, name);

const ASSET_NAMES = Object.keys(ASSETS).filter(isAsset);

/** A plain decimal in the smallest unit. */
const unitsOf = (asset: AssetName, decimal: string): bigint => {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(ASSETS[asset].decimals, '0'));
};

const decimalOf = (asset: AssetName, units: bigint): string => {
  const { decimals } = ASSETS[asset];
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/** Adds up the parts of a pass. */
const collector = () => {
  const checked = new Map<string, number>();
  const sums = new Map<AssetName, Sum>(ASSET_NAMES.map((asset) => [asset, { users: 0n, house: 0n }]));
  const problems: Part['problems'][number][] = [];
  return {
    take: (part: Part): void => {
      for (const [name, count] of Object.entries(part.checked)) checked.set(name, (checked.get(name) ?? 0) + count);
      for (const [asset, sum] of sums) {
        sum.users += unitsOf(asset, part.sums[asset]?.users ?? '0');
        sum.house += unitsOf(asset, part.sums[asset]?.house ?? '0');
      }
      problems.push(...part.problems);
    },
    checked: () => LEDGER_CHECKED.map((name) => [name, checked.get(name) ?? 0] as const),
    unsettled: () => checked.get('unsettled') ?? 0,
    sums: () =>
      [...sums].map(([asset, { users, house }]) => ({
        asset,
        users: decimalOf(asset, users),
        house: decimalOf(asset, house),
        difference: decimalOf(asset, users + house),
      })),
    problems,
  };
};

const verdictOf = ({ problems, unsettled }: ReturnType<typeof collector>): string => {
  if (problems.length > 0) {
    return table(
      ['wrong', 'where', 'what'],
      problems.map(({ kind, where, detail }) => [kind, where, detail]),
    );
  }
  return unsettled() === 0
    ? 'Nothing is wrong. What moved while it was read shows in the sums, and in nothing else.'
    : `Nothing wrong was found, and ${unsettled()} accounts or hours of histories, which never held still, are not proved: verify again.`;
};

const verify = defineCommand({
  name: 'ledger verify',
  summary: 'Prove the whole ledger, part by part, while it is in use; ends with 1 where something is wrong',
  words: [],
  input: z.object({}),
  run: async (_input, { call }) => {
    const pass = collector();
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? {} : { cursor };
      const part = await call(staffLedgerVerify, { query }, staffLedgerVerify.data);
      pass.take(part);
      cursor = part.next ?? undefined;
    } while (cursor !== undefined);
    const { problems } = pass;
    const sums = pass.sums();
    const texts = [
      table(['checked', 'how many'], pass.checked()),
      table(
        ['asset', 'of users', "of the house's accounts", 'together'],
        sums.map(({ asset, users, house, difference }) => [asset, users, house, difference]),
      ),
      verdictOf(pass),
    ];
    const data = { checked: Object.fromEntries(pass.checked()), sums, problems };
    return { data, text: texts.join('\n'), failed: problems.length > 0 };
  },
});

export const LEDGER_COMMANDS: readonly Command[] = [verify];
