/*
 * Runs one function in a worker thread, as Lambda's Node runtime does. Plain JavaScript: stripping types would
 * double what every worker takes to start.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';

const TRACE_VARIABLE = '_X_AMZN_TRACE_ID';
const NOTHING_TO_TRANSFER = [];
const report = (message) => {
  parentPort.postMessage(message, NOTHING_TO_TRANSFER);
};

/*
 * What the function prints goes the same way as its result, and so is there before it. The worker's own streams
 * would cost two messages more for each line, and come later.
 */
const reportOutput = (stream) => {
  stream.write = (chunk, encoding, callback) => {
    report({ type: 'output', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
};

const reportError = (error) => {
  const isError = error instanceof Error;
  report({
    type: 'error',
    errorType: isError ? error.name : typeof error,
    errorMessage: isError ? error.message : String(error),
    trace: isError ? (error.stack ?? '') : '',
  });
};

const bundle = () => {
  const { directory, handler } = workerData;
  const [file, name] = handler.split('.');
  const functionsOfFile = createRequire(join(directory, 'index.js'))(join(directory, `${file}.js`));
  if (typeof functionsOfFile[name] !== 'function') {
    throw new TypeError(`Runtime.HandlerNotFound: ${handler} is undefined or not exported`);
  }
  return { handle: functionsOfFile[name] };
};

const contextOf = ({ requestId, remainingMs }) => {
  const deadline = performance.now() + remainingMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: workerData.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: workerData.arn,
    memoryLimitInMB: String(workerData.memoryMb),
    logGroupName: workerData.logGroup,
    logStreamName: workerData.logStream,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
};

const serve = ({ handle }) => {
  parentPort.on('message', async (request) => {
    process.env[TRACE_VARIABLE] = request.traceId;
    try {
      const result = await handle(JSON.parse(request.event), contextOf(request));
      report({ type: 'result', payload: JSON.stringify(result) ?? 'null' });
    } catch (error) {
      reportError(error);
    }
  });
  report({ type: 'ready' });
};

reportOutput(process.stdout);
reportOutput(process.stderr);
try {
  serve(bundle());
} catch (error) {
  reportError(error);
}
