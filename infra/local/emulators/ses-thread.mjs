import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const { default: startServer } = require('aws-ses-v2-local');
const { getStoreReadonly } = require('aws-ses-v2-local/dist/store.js');

const NOTHING_TO_TRANSFER = [];
const report = (message) => {
  parentPort.postMessage(message, NOTHING_TO_TRANSFER);
};

// The inbox page shows what is in this list: mails of earlier runs belong there, and every new one is reported.
const { emails } = getStoreReadonly();
emails.push(...workerData.emails);
emails.push = (email) => {
  report({ type: 'mail', mail: email });
  return Array.prototype.push.call(emails, email);
};

const server = await startServer({ host: workerData.host, port: 0 });
report({ type: 'listening', port: server.address().port });
