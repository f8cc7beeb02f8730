import { HttpRequest } from '@smithy/core/protocols';
import * as z from 'zod';

/** An item that a call writes or checks. */
export interface TouchedItem {
  /** Table, partition and sort key: the same for the same item. */
  readonly name: string;
  /** What sort of item it is: the words before the first `#` of both keys, such as `USER/ACCOUNT`. */
  readonly sort: string;
  /** Whether it is there to be changed, rather than put once and never again. */
  readonly shared: boolean;
}

/** A call as it is about to leave for DynamoDB. */
export interface WireCall {
  readonly operation: string;
  /** The idempotency token of a transaction. */
  readonly token: string | undefined;
  readonly touched: readonly TouchedItem[];
}

const text = z.object({ S: z.string() });
const keys = z.object({ pk: text, sk: text });
const onKey = z.object({ TableName: z.string(), Key: keys });
const onItem = z.object({ TableName: z.string(), Item: keys });

const write = z.object({
  Put: onItem.optional(),
  Update: onKey.optional(),
  Delete: onKey.optional(),
  ConditionCheck: onKey.optional(),
});

const transaction = z.object({ ClientRequestToken: z.string().optional(), TransactItems: z.array(write) });

const touchedItem = (TableName: string, { pk, sk }: z.output<typeof keys>, shared: boolean): TouchedItem => ({
  name: `${TableName}|${pk.S}|${sk.S}`,
  sort: `${pk.S.split('#', 1)[0]}/${sk.S.split('#', 1)[0]}`,
  shared,
});

const touchedBy = ({ Put, ...others }: z.output<typeof write>): readonly TouchedItem[] => {
  const keyed = Object.values(others).find((other) => other !== undefined);
  if (Put) return [touchedItem(Put.TableName, Put.Item, false)];
  return keyed ? [touchedItem(keyed.TableName, keyed.Key, true)] : [];
};

const bodyOf = (request: HttpRequest): unknown => {
  const bytes = z.union([z.string(), z.instanceof(Uint8Array)]).parse(request.body);
  return JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes));
};

const asRequest = (request: unknown): HttpRequest => {
  if (!HttpRequest.isInstance(request)) throw new TypeError('The call does not leave by HTTP.');
  return request;
};

const WRITES = { PutItem: onItem, UpdateItem: onKey, DeleteItem: onKey } as const;

const isWrite = (operation: string): operation is keyof typeof WRITES => Object.hasOwn(WRITES, operation);

/** Reads what a request asks for. */
export const readCall = (given: unknown): WireCall => {
  const request = asRequest(given);
  const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
  if (operation === 'TransactWriteItems') {
    const { ClientRequestToken, TransactItems } = transaction.parse(bodyOf(request));
    return { operation, token: ClientRequestToken, touched: TransactItems.flatMap(touchedBy) };
  }
  if (!isWrite(operation)) return { operation, token: undefined, touched: [] };
  const asked = WRITES[operation].parse(bodyOf(request));
  const item =
    'Item' in asked ? touchedItem(asked.TableName, asked.Item, false) : touchedItem(asked.TableName, asked.Key, true);
  return { operation, token: undefined, touched: [item] };
};

/** The same request without its idempotency token. */
export const withoutToken = (given: unknown): HttpRequest => {
  const request = HttpRequest.clone(asRequest(given));
  const { ClientRequestToken: _, ...rest } = z.looseObject({}).parse(bodyOf(request));
  const body = JSON.stringify(rest);
  request.body = body;
  request.headers['content-length'] = String(Buffer.byteLength(body));
  return request;
};
