import type { HistoryQuery } from '../../contracts/endpoints/wallet/history-query.ts';
import { ASSET_NAMES } from '../account.ts';
import { hoursOfDays } from './hours.ts';
import type { PageWanted } from './page.ts';
import type { Selection } from './read-page.ts';
import { ROW_CLASSES, type RowClass, streamsOf } from './stream.ts';

const classesOf = (isTxn: boolean | undefined): readonly RowClass[] => {
  if (isTxn === undefined) return ROW_CLASSES;
  return [isTxn ? 'TRADE' : 'FLOW'];
};

/** What a query of the API asks for. */
export const selectionOf = (asked: HistoryQuery): Selection & PageWanted => ({
  streams: streamsOf(classesOf(asked.isTxn), asked.query ?? ASSET_NAMES),
  hours: hoursOfDays(asked.startDate, asked.endDate),
  ids: asked.auditIds,
  pageSize: asked.pageSize,
  pageNum: asked.pageNum,
});
