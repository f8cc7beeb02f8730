import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { defineEndpoint } from '../../shared/contracts/endpoint.ts';
import { user } from '../../shared/contracts/endpoints/account/user.ts';
import { register } from '../../shared/contracts/endpoints/auth/register.ts';
import { assemble } from '../../shared/http/endpoint-handler.ts';
import { permissionsOf } from '../../shared/identity/permissions.ts';
import { createFoundation } from '../../shared/platform/platform.ts';
import { apiEvent } from '../support/api-event.ts';
import { interleave, median } from './measure.ts';
import { type BenchOptions, digits, type Row, typical } from './report.ts';
import type { Subject } from './subject.ts';

/** An endpoint that goes through everything: session, rate limit, a body to validate, data to validate. */
const whole = defineEndpoint({
  ...user,
  id: 'bench.whole',
  method: 'POST',
  path: '/v1/bench',
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

const rememberingClient = ({ environment }: Subject): RememberingClient => {
  const env = environment(user.id);
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
      region: env['AWS_REGION'] ?? '',
      credentials: {
        accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
        sessionToken: env['AWS_SESSION_TOKEN'] ?? '',
      },
    }),
  );
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

const wholeHandler = (client: DynamoDBDocumentClient, environment: NodeJS.ProcessEnv): Handler => {
  const foundation = createFoundation(
    whole,
    {},
    {
      environment,
      documentClient: () => client,
      writeLine: () => undefined,
    },
  );
  const handle = assemble(whole, foundation, () => ({ caller }) => {
    const { username, email, is2FA, userStatus, kycLevel } = caller.user;
    const data = { username, email, is2FA, isKyc: kycLevel >= 1, userStatus, kycLevel, ...permissionsOf(caller.user) };
    return { ok: true, data };
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the stack reads these two members of it only
  return (event) => handle(event, CONTEXT as Context);
};

/** Mean microseconds of one call, over many in a row. The stack writes into events, so each call gets one of its own. */
const perCall = (handler: Handler, event: () => APIGatewayProxyEvent, calls: number) => async (): Promise<number> => {
  const events = Array.from({ length: calls }, event);
  const started = performance.now();
  for (const one of events) await handler(one);
  return ((performance.now() - started) * 1000) / calls;
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

/** What the whole stack costs above a bare handler once everything is warm, with the database's answers at hand. */
export const warmCostRow = async (subject: Subject, { quick, note }: BenchOptions): Promise<Row> => {
  note('warm cost');
  const env = subject.environment(user.id);
  const [ofStack, ofBare] = [rememberingClient(subject), rememberingClient(subject)];
  const event = (): APIGatewayProxyEvent =>
    apiEvent({
      method: 'POST',
      path: whole.path,
      headers: { token: subject.token, 'content-type': 'application/json' },
      body: JSON.stringify(whole.example.body),
    });
  const handlers = {
    stack: wholeHandler(ofStack.client, env),
    bare: bareHandler(ofBare.client, env['USERS_TABLE'] ?? ''),
  };
  await prepare(handlers.stack, event, ofStack.remember);
  await prepare(handlers.bare, event, ofBare.remember);
  const calls = quick ? 2_000 : 10_000;
  const { stack = [], bare = [] } = await interleave(
    { stack: perCall(handlers.stack, event, calls), bare: perCall(handlers.bare, event, calls) },
    quick ? 7 : 25,
  );
  ofStack.client.destroy();
  ofBare.client.destroy();
  return {
    item: 'Warm cost of the whole stack, no I/O',
    measured: typical(stack, 'µs'),
    floor: typical(bare, 'µs'),
    ratio: `+${digits(median(stack) - median(bare))} µs`,
    bound: '≤ +20 µs',
  };
};
