import * as z from 'zod/mini';
import { type AssetName, ASSETS } from '../../assets.ts';
import { text } from '../../codes/text.ts';
import { CurrencyType } from '../../enums.ts';
import { fieldRules } from '../../field-rules.ts';
import { pageNumber, pageSize } from '../../paging.ts';

const isAsset = (name: string): name is AssetName => Object.hasOwn(ASSETS, name);

/** A stable coin may be asked for as crypto too, as the specification's own example has it: USDT-2. */
const typesOf = (asset: AssetName): readonly number[] => {
  const { type } = ASSETS[asset];
  return type === CurrencyType.STABLE ? [CurrencyType.CRYPTO, type] : [type];
};

/** Every CURRENCY-TYPE that may be asked for. */
const CURRENCY_TYPES: ReadonlyMap<string, AssetName> = new Map(
  Object.keys(ASSETS)
    .filter(isAsset)
    .flatMap((asset) => typesOf(asset).map((type) => [`${asset}-${type}`, asset] as const)),
);

const oneOf = [...CURRENCY_TYPES.keys()].join('|');

const CURRENCIES_RULE = text(
  `須為以逗號分隔的 ${oneOf}`,
  `须为以逗号分隔的 ${oneOf}`,
  `send one or more of ${oneOf}, with commas between`,
);

const currencies = z
  .pipe(
    z.string().check(z.maxLength(200), z.regex(new RegExp(`^(?:${oneOf})(?:,(?:${oneOf}))*$`))),
    z.transform((list: string): readonly AssetName[] => [
      ...new Set(list.split(',').flatMap((name) => CURRENCY_TYPES.get(name) ?? [])),
    ]),
  )
  .register(fieldRules, { rule: CURRENCIES_RULE });

/** So many are looked up in one round trip, whatever classes and currencies are asked for. */
export const MOST_AUDIT_IDS = 10;

const auditIds = z
  .pipe(
    z.string().check(z.regex(new RegExp(`^\\d{1,16}(?:,\\d{1,16}){0,${MOST_AUDIT_IDS - 1}}$`))),
    z.transform((list: string): readonly number[] => [...new Set(list.split(',').map(Number))]),
  )
  .register(fieldRules, {
    rule: text(
      `須為以逗號分隔的 auditId，至多 ${MOST_AUDIT_IDS} 個`,
      `须为以逗号分隔的 auditId，至多 ${MOST_AUDIT_IDS} 个`,
      `send up to ${MOST_AUDIT_IDS} auditIds, with commas between`,
    ),
  });

const date = z.iso.date();

const endDate = z.iso.date().register(fieldRules, {
  rule: text(
    '須為日期 yyyy-MM-dd，且不早於 startDate',
    '须为日期 yyyy-MM-dd，且不早于 startDate',
    'send a date, yyyy-MM-dd, that is not before startDate',
  ),
});

const isTxn = z
  .pipe(
    z.enum(['true', 'false']),
    z.transform((value: 'true' | 'false') => value === 'true'),
  )
  .register(fieldRules, { rule: text('須為 true 或 false', '须为 true 或 false', 'send true or false') });

/** Which rows of the history, and which page of them. Days are those of Asia/Taipei, both included. */
export const historyQuery = z
  .object({
    query: z.optional(currencies),
    startDate: z.optional(date),
    endDate: z.optional(endDate),
    isTxn: z.optional(isTxn),
    auditIds: z.optional(auditIds),
    pageSize,
    pageNum: pageNumber,
  })
  .check(z.refine(({ startDate, endDate: end }) => !startDate || !end || startDate <= end, { path: ['endDate'] }));

export type HistoryQuery = Readonly<z.output<typeof historyQuery>>;
