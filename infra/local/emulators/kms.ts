import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer } from '../front-server.ts';
import { HOST, listen } from '../ports.ts';
import type { LocalKey } from '../template/keys.ts';
import { openKeyFile } from './kms/key-file.ts';
import { createKeyring, type Keyring } from './kms/keyring.ts';
import { KmsError } from './kms/kms-error.ts';
import { OPERATIONS } from './kms/operations.ts';

/**
 * A stand-in of KMS that encrypts, decrypts and signs with the keys of the templates. Keys never rotate here, and
 * nobody can make, disable or delete one by a call.
 */
export interface Kms {
  readonly endpoint: string;
  /** Tells which keys there are; before that there are none. Throws when their material cannot be kept. */
  readonly configure: (keys: readonly LocalKey[]) => void;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const API_VERSION = 'TrentService.';

const failure = ({ code, message }: KmsError): Answer => ({ status: 400, body: { __type: code, message } });

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw new KmsError('SerializationException', 'The body is no JSON.');
  }
};

/** Answers one call by its `X-Amz-Target` and its body. */
const answerKms = (target: string, body: string, keys: Keyring): Answer => {
  const name = target.startsWith(API_VERSION) ? target.slice(API_VERSION.length) : '';
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  try {
    if (operation === undefined) {
      throw new KmsError('UnknownOperationException', `The local KMS does not know the call "${target}".`);
    }
    return { status: 200, body: operation(keys, parse(body)) };
  } catch (error) {
    if (error instanceof KmsError) return failure(error);
    throw error;
  }
};

/** Starts the stand-in on any free port; the material of its keys is kept in `file`. */
export const startKms = async (file: string): Promise<Kms> => {
  const keyFile = openKeyFile(file);
  let keys = createKeyring([], keyFile);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = answerKms(String(request.headers['x-amz-target']), await text(request), keys);
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
    response.writeHead(status, headers).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  const port = await listen(server, 0, 'PORT');
  return {
    endpoint: `http://${HOST}:${port}`,
    configure: (declared) => {
      keys = createKeyring(declared, keyFile);
    },
    stop: () => closeServer(server, 0),
  };
};
