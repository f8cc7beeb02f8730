import { historyList } from '../../shared/contracts/endpoints/wallet/history-list.ts';
import { keyedEndpointHandler } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import type { ReadBeside } from '../../shared/http/beside.ts';
import type { Bind } from '../../shared/http/endpoint-handler.ts';
import { type HistoryIndex, readIndex, readPage } from '../../shared/ledger/history/read-page.ts';
import { viewOfRow } from '../../shared/ledger/history/row-view.ts';
import { selectionOf } from '../../shared/ledger/history/selection.ts';
import { tryReading } from '../../shared/ledger/try-reading.ts';
import type { EndpointPlatform } from '../../shared/platform/platform.ts';

/** `undefined` where the index could not be read, or the query is one that will be refused. */
type Beside = HistoryIndex | undefined;

const findPages =
  ({ tables, log }: EndpointPlatform<(typeof historyList)['uses']>): ReadBeside<Beside> =>
  async ({ userId, query }) => {
    const asked = historyList.query.safeParse(query);
    if (!asked.success) return undefined;
    return tryReading(log, () => readIndex(tables.ledger, userId, selectionOf(asked.data)));
  };

const show: Bind<typeof historyList, Beside> =
  ({ tables, log }) =>
  async ({ caller, query, beside: index }) => {
    const selection = selectionOf(query);
    const page = index && (await tryReading(log, () => readPage(tables.ledger, caller.user.userId, selection, index)));
    if (!page) return { ok: false, code: 'HISTORY_UNAVAILABLE' };
    const { totalRows, rows } = page;
    const { pageSize, pageNum } = query;
    const totalPages = Math.ceil(totalRows / pageSize);
    return { ok: true, data: { totalRows, pageSize, currentPage: pageNum, totalPages, data: rows.map(viewOfRow) } };
  };

/** `GET /v1/wallet/historyList` */
export const handler = keyedEndpointHandler(historyList, show, { beside: findPages });
