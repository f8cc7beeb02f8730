/*
 * Runs one function in a thread or a process of its own, as Lambda's Node runtime does. Plain JavaScript: stripping
 * types would double what every worker takes to start.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { errorOf, openChannel } from './channel.mjs';
import { killAfterCalls } from './kill-point.mjs';
import { installShiftedDate, shiftDate } from './shifted-date.mjs';

const TRACE_VARIABLE = '_X_AMZN_TRACE_ID';

const { data, report, listen } = openChannel();

/*
 * What the function prints goes the same way as its result, and so is there before it. The worker's own streams
 * would cost two messages more for each line, and come later. What is printed right before a result travels with it.
 */
const createOutput = () => {
  let pending = '';
  let flushing;
  const take = () => {
    // Otherwise the loop goes round once more for each invocation, to flush nothing.
    clearImmediate(flushing);
    const text = pending;
    pending = '';
    return text;
  };
  const flush = () => {
    const text = take();
    if (text !== '') report({ type: 'output', text });
  };
  const capture = (stream) => {
    stream.write = (chunk, encoding, callback) => {
      if (pending === '') flushing = setImmediate(flush);
      pending += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      const done = typeof encoding === 'function' ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  };
  return { capture, take, flush };
};

const output = createOutput();

const bundle = () => {
  const { directory, handler } = data;
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
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.arn,
    memoryLimitInMB: String(data.memoryMb),
    logGroupName: data.logGroup,
    logStreamName: data.logStream,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
};

const serve = ({ handle }) => {
  listen(async (request) => {
    process.env[TRACE_VARIABLE] = request.traceId;
    shiftDate(request.clockOffsetMs);
    killAfterCalls(request.killAfterCalls);
    try {
      const result = await handle(JSON.parse(request.event), contextOf(request));
      report({ type: 'result', payload: JSON.stringify(result) ?? 'null', output: output.take() });
    } catch (error) {
      output.flush();
      report(errorOf(error));
    }
  });
  report({ type: 'ready' });
};

output.capture(process.stdout);
output.capture(process.stderr);
installShiftedDate();
shiftDate(data.clockOffsetMs);
try {
  serve(bundle());
} catch (error) {
  output.flush();
  report(errorOf(error));
}
