import type { LocalFunction } from '../template/functions.ts';

/** What ended an execution. */
export interface ExecutionEnd {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: string;
}

/** Where one function runs, apart from everything else: a thread or a process. */
export interface Execution {
  readonly post: (message: object) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Called once, also when it was asked to end. */
  readonly onEnd: (listener: (end: ExecutionEnd) => void) => void;
  /** Ends it at once, whatever it is doing. */
  readonly terminate: () => Promise<void>;
  /** Undefined for a thread. */
  readonly pid: number | undefined;
}

export interface Launch {
  readonly definition: LocalFunction;
  readonly environment: Readonly<Record<string, string>>;
  readonly logStream: string;
  /** Milliseconds that the function's clock is ahead from its start. */
  readonly clockOffsetMs: number;
  /** Takes what it prints behind the runtime's back, such as V8's last words. */
  readonly log: (line: string) => void;
}

export const RUNTIME = new URL('lambda-runtime.mjs', import.meta.url);

/** What the runtime gets at its start. */
export const runtimeData = ({ definition, logStream, clockOffsetMs }: Launch) => ({
  directory: definition.directory,
  handler: definition.handler,
  functionName: definition.name,
  arn: definition.arn,
  memoryMb: definition.memoryMb,
  logGroup: definition.logGroup,
  logStream,
  clockOffsetMs,
});
