/* Measures the warm stack and a bare handler, in a process that does nothing else, as a function has it. Says microseconds a call, round by round. */
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { defineEndpoint } from '../../shared/contracts/endpoint.ts';
import { user } from '../../shared/contracts/endpoints/account/user.ts';
import { register } from '../../shared/contracts/endpoints/auth/register.ts';
import { assemble } from '../../shared/http/endpoint-handler.ts';
import { permissionsOf } from '../../shared/identity/permissions.ts';
import { createDocumentClient } from '../../shared/platform/aws-clients.ts';
import { createFoundation } from '../../shared/platform/platform.ts';
import { apiEvent } from '../support/api-event.ts';
import { interleave, worked } from './measure.ts';

/** An endpoint that goes through everything: session, rate limit, a body to validate, data to validate. */
const whole = defineEndpoint({
  ...user,
  id: 'bench.whole',
  method: 'POST',
  path: '/v1/bench',
  // Sessions are what is measured: keys would bring in what decrypts their secrets.
  apiKey: false,
  body: register.body,
  example: { ...user.example, body: register.example.body },
});

const CONTEXT = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 28_000 };

type Handler = (event: APIGatewayProxyEvent) => Promise<{ readonly statusCode: number; readonly body: string }>;

/** A client that gives the answers of before again at once, as soon as it is told to. */
interface RememberingClient {
  readonly client: DynamoDBDocumentClient;
  /** From now on, the first answer to each kind of call is the answer to all of them. */
  readonly remember: () => void;
}

const rememberingClient = (): RememberingClient => {
  const client = createDocumentClient();
  const ask = client.send.bind(client);
  const answers = new Map<unknown, Promise<unknown>>();
  let remembers = false;
  const send = (command: BatchGetCommand): Promise<unknown> => {
    const known = (remembers && answers.get(command.constructor)) || ask(command);
    if (remembers) answers.set(command.constructor, known);
    return known;
  };
  const remember = (): void => {
    remembers = true;
  };
  return { client: Object.assign(client, { send }), remember };
};

const bareHandler =
  (client: DynamoDBDocumentClient, table: string): Handler =>
  async () => {
    const Keys = [{ pk: 'USER#bench', sk: 'USER' }];
    const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys } } }));
    return { statusCode: 200, body: JSON.stringify(Responses) };
  };

const wholeHandler = (client: DynamoDBDocumentClient): Handler => {
  const foundation = createFoundation(whole, {}, { documentClient: () => client, writeLine: () => undefined });
  const handle = assemble(whole, foundation, () => ({ caller }) => {
    const { username, email, is2FA, userStatus, kycLevel } = caller.user;
    const data = { username, email, is2FA, isKyc: kycLevel >= 1, userStatus, kycLevel, ...permissionsOf(caller.user) };
    return { ok: true, data };
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the stack reads these two members of it only
  return (event) => handle(event, CONTEXT as Context);
};

/** Events that are there at once. All of them would be the collector's work to keep, where a function drops its event with its answer. */
const BATCH = 100;
const BATCHES = 100;

/** Mean microseconds of one call, over many in a row. The stack writes into events, so each call gets one of its own. */
const perCall = (handler: Handler, event: () => APIGatewayProxyEvent) => async (): Promise<number> => {
  let sum = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const events = Array.from({ length: BATCH }, event);
    const started = worked();
    for (const one of events) await handler(one);
    sum += worked() - started;
  }
  return sum / (BATCHES * BATCH);
};

/** Requests that are answered for real: the first ones of a session do more than those after them. */
const FIRST_REQUESTS = 3;

/** Sees that the handler answers as it should, the last time from memory. */
const prepare = async (handler: Handler, event: () => APIGatewayProxyEvent, remember: () => void): Promise<void> => {
  for (let requests = 0; requests <= FIRST_REQUESTS; requests += 1) {
    if (requests === FIRST_REQUESTS) remember();
    const { statusCode, body } = await handler(event());
    if (statusCode !== 200) throw new Error(`A handler of the bench answered ${statusCode}: ${body}`);
  }
};

const measure = async (token: string, quick: boolean): Promise<Readonly<Record<string, readonly number[]>>> => {
  const [ofStack, ofBare] = [rememberingClient(), rememberingClient()];
  const event = (): APIGatewayProxyEvent =>
    apiEvent({
      method: 'POST',
      path: whole.path,
      headers: { token, 'content-type': 'application/json' },
      body: JSON.stringify(whole.example.body),
    });
  const handlers = {
    stack: wholeHandler(ofStack.client),
    bare: bareHandler(ofBare.client, process.env['USERS_TABLE'] ?? ''),
  };
  await prepare(handlers.stack, event, ofStack.remember);
  await prepare(handlers.bare, event, ofBare.remember);
  const variants = { stack: perCall(handlers.stack, event), bare: perCall(handlers.bare, event) };
  return interleave(variants, quick ? 7 : 25);
};

const [, , token = '', extent] = process.argv;
process.stdout.write(JSON.stringify(await measure(token, extent === 'quick')));
process.exit();
