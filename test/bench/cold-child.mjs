/* Loads one bundle in a process of its own, answers one request with it and says how long that took. */
import { createRequire } from 'node:module';

const [, , bundle, event] = process.argv;
const started = performance.now();
const { handler } = createRequire(import.meta.url)(bundle);
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 28_000 };
const { statusCode, body } = await handler(JSON.parse(event), context);
const milliseconds = performance.now() - started;
process.stdout.write(JSON.stringify({ statusCode, body, milliseconds }));
process.exit(0);
