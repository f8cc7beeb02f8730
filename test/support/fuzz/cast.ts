import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { parseToken } from '../../../shared/identity/token.ts';
import { userKey } from '../../../shared/identity/user-store.ts';
import { type Journey, journeyOn, type Person, somebody } from '../journey.ts';
import { type ApiResponse, type StackClient, type TestStack } from '../local-stack.ts';
import { boundAndReady } from '../ready-factor.ts';
import { sessionSource } from '../registry/session-source.ts';
import { signerOn } from '../signer.ts';
import type { KeyPair } from '../signing.ts';
import type { Names } from './base.ts';
import type { Stored } from './stored.ts';

/** Everybody who has a part in a run of mutated requests. */
export interface Cast {
  /** The one whom requests name; nobody calls as that one, so it may be locked. */
  readonly names: Names;
  readonly member: string;
  readonly pending: string;
  /** All scopes. */
  readonly key: KeyPair;
  /** `read` only. */
  readonly reader: KeyPair;
  /** The token of somebody new; one of its own where requests end sessions. */
  readonly guestFor: (endpoint: EndpointSpec) => Promise<string>;
}

const JO = { 'x-local-principal': 'jo.lin' } as const;

/** Of each asset enough for every request. */
const FUNDS = { TWD: '40000', USDT: '1000', BTC: '0.01' } as const;

/** Below the price of any day, and fresh for two minutes. */
const PRICES = { USDT: '30', BTC: '3000000', ETH: '90000', USD: '30' } as const;

const done = (what: string, answer: ApiResponse): void => {
  if (answer.status !== 200) throw new Error(`${what} was answered ${JSON.stringify(answer.body)}.`);
};

/** Sets the price of everything: nothing runs by the clock where requests are counted against what they change. */
export const setPrices = async (stack: StackClient): Promise<void> => {
  for (const [base, lastPrice] of Object.entries(PRICES)) {
    done(base, await stack.callStaff('PUT', `/admin/v1/tickers/${base}`, { headers: JO, body: { lastPrice } }));
  }
};

const fund = async (stack: StackClient, username: string): Promise<void> => {
  for (const [asset, amount] of Object.entries(FUNDS)) {
    const body = { username, asset, amount, bankRef: `${username} ${asset}` };
    done('A deposit', await stack.callStaff('POST', '/admin/v1/deposits', { headers: JO, body }));
  }
};

const toLevelTwo = async ({ client, tableOf }: Stored, token: string): Promise<void> => {
  await client.send(
    new UpdateCommand({
      TableName: tableOf('users'),
      Key: { ...userKey(parseToken(token)?.userId ?? '') },
      UpdateExpression: 'SET kycLevel = :level',
      ExpressionAttributeValues: { ':level': 2 },
    }),
  );
};

const memberOn = async (stack: TestStack, journey: Journey, stored: Stored) => {
  const person = somebody();
  const token = await journey.loggedIn(person);
  await boundAndReady(stack, token);
  const { makeKey } = signerOn(stack, journey);
  const [key, reader] = [await makeKey(token), await makeKey(token, ['read'])];
  const pending = String((await journey.login(person)).headers['token']);
  await toLevelTwo(stored, token);
  await fund(stack, person.username);
  return { member: token, pending, key, reader };
};

const registered = async (journey: Journey): Promise<Person> => {
  const person = somebody();
  await journey.register(person);
  await journey.verify(person);
  return person;
};

/** Whether a request may end the session that it comes by, or others of the same user. */
const endsSessions = ({ id, clearsToken, codes }: EndpointSpec): boolean =>
  clearsToken === true || codes.includes('WRONG_PASSWORD') || id === 'account.end-sessions';

/** Registers everybody. */
export const gatherCast = async (stack: TestStack, stored: Stored): Promise<Cast> => {
  const journey = journeyOn(stack);
  const sessions = sessionSource(stack);
  const [member, named, guest] = await Promise.all([
    memberOn(stack, journey, stored),
    registered(journey),
    journey.loggedIn(),
  ]);
  const guestFor = async (endpoint: EndpointSpec): Promise<string> =>
    endsSessions(endpoint) ? ((await sessions(endpoint))['token'] ?? '') : guest;
  return {
    ...member,
    names: { name: named.username, email: named.email, password: named.password },
    guestFor,
  };
};
