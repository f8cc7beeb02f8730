import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { CALL_LIMITS } from './aws-clients.ts';
import { createSecrets, type KeyService } from './secrets.ts';

/** How an endpoint that declares `secrets` comes by them: passed by its function, so that no other bundle carries KMS. */
export const secretsService = {
  keyService: (): KeyService => {
    const client = new KMSClient(CALL_LIMITS);
    return {
      encrypt: (request) => client.send(new EncryptCommand(request)),
      decrypt: (request) => client.send(new DecryptCommand(request)),
    };
  },
  createSecrets,
};
