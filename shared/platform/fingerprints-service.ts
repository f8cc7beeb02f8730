import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { CALL_LIMITS } from './aws-clients.ts';
import { createFingerprints, type MacService } from './fingerprints.ts';

/** How an endpoint that declares `fingerprints` comes by them: passed by its function, so that no other bundle carries KMS. */
export const fingerprintsService = {
  macService: (): MacService => {
    const client = new KMSClient(CALL_LIMITS);
    return { generateMac: (request) => client.send(new GenerateMacCommand(request)) };
  },
  createFingerprints,
};
