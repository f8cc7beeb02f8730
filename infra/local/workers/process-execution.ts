import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Execution, type ExecutionEnd, type Launch, RUNTIME, runtimeData } from './execution.ts';

const exitOf = (code: number | null, signal: NodeJS.Signals | null): ExecutionEnd => {
  const how = signal === null ? `code ${code}` : `signal ${signal}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with ${how}`, trace: '' };
};

/** Starts a function as a process: it can be killed, and its memory is its own. */
export const startProcess = (launch: Launch): Execution => {
  const { definition, environment } = launch;
  const child = fork(RUNTIME, [JSON.stringify(runtimeData(launch))], {
    env: { ...environment },
    execArgv: [`--max-old-space-size=${definition.memoryMb}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // In a group of its own, so that Ctrl-C leaves it alone until the requests under way are answered.
    detached: true,
  });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', launch.log);
  const ended = new Promise<ExecutionEnd>((resolve) => {
    child.once('error', ({ name, message, stack }) =>
      resolve({ errorType: name, errorMessage: message, trace: stack ?? '' }),
    );
    // `close` comes when everything it printed has been read.
    child.once('close', (code, signal) => resolve(exitOf(code, signal)));
  });
  return {
    // A message to a child that is just dying is lost; its end is reported all the same.
    post: (message) => void child.send(message, () => {}),
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onEnd: (listener) => {
      void ended.then(listener);
    },
    terminate: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    pid: child.pid,
  };
};
