import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const S3rver = require('s3rver');
const Account = require('s3rver/lib/models/account.js');

const NOTHING_TO_TRANSFER = [];
const report = (message) => {
  parentPort.postMessage(message, NOTHING_TO_TRANSFER);
};

const server = new S3rver({
  address: workerData.host,
  port: 0,
  directory: workerData.directory,
  silent: true,
  // Buckets are named in the path: every caller's endpoint is an IP address.
  vhostBuckets: false,
});

parentPort.on('message', async ({ buckets, accessKeys }) => {
  // s3rver refuses access keys that it does not know; it does not check what they sign.
  for (const { id, secret } of accessKeys) Account.DUMMY_ACCOUNT.createKeyPair(id, secret);
  for (const bucket of buckets) await server.store.putBucket(bucket);
  report({ type: 'configured' });
});

const { port } = await server.run();
report({ type: 'listening', port });
