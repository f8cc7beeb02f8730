import { ASSETS } from '../../contracts/assets.ts';
import type { DataOf } from '../../contracts/endpoint.ts';
import type { historyList } from '../../contracts/endpoints/wallet/history-list.ts';
import { InOutType, WalletRecordType } from '../../contracts/enums.ts';
import { ExactNumber } from '../../contracts/exact-number.ts';
import { exactUnits } from '../units.ts';
import { dayOf, hourOf } from './hours.ts';
import type { StoredRow } from './row.ts';

type RowView = DataOf<typeof historyList>['data'][number];

/** With whom: who receives, or (since the API has no field for a sender) who sent, as a remark. */
const parties = ({ type, inOutType, counterparty, remarks }: StoredRow) => {
  const sender = type === WalletRecordType.TRANSFER_IN ? counterparty : undefined;
  const receiver = inOutType === InOutType.OUT ? counterparty : undefined;
  return {
    remarks: remarks ?? sender ?? null,
    ...(receiver !== undefined && { toReceiver: { name: receiver, address: null } }),
  };
};

/** A row as the API shows it. */
export const viewOfRow = (row: StoredRow): RowView => {
  const { asset, id, at, amount, fee = 0n, receivedAmount = amount, unitPrice, totalPrice, txHash } = row;
  const shown = exactUnits(asset, amount);
  return {
    currencyType: ASSETS[asset].type,
    auditId: String(id),
    amount: shown,
    clientAmount: shown,
    fee: exactUnits(asset, fee),
    transactionRef: `${dayOf(hourOf(at))}${id}`,
    emailRef: null,
    receivedAmount: exactUnits(asset, receivedAmount),
    type: row.type,
    quoteOrderCurrency: row.quoteOrderCurrency ?? null,
    quoteBaseCurrency: row.quoteBaseCurrency ?? asset,
    createTimestamp: at,
    updateTimestamp: row.updatedAt,
    inOutType: row.inOutType,
    errCode: null,
    status: row.status,
    bankRef: row.bankRef ?? null,
    ...parties(row),
    ...(txHash !== undefined && { txHash }),
    ...(unitPrice !== undefined && { baseCurrencyUnitPrice: new ExactNumber(unitPrice) }),
    ...(totalPrice !== undefined && { baseCurrencyTotalPrice: new ExactNumber(totalPrice) }),
  };
};
