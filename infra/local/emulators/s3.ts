import { mkdirSync } from 'node:fs';
import * as z from 'zod';
import { HOST } from '../ports.ts';
import type { AccessKey } from '../workers/access-key.ts';
import { type EmulatorThread, startEmulatorThread } from './emulator-thread.ts';

/** An S3 that keeps its objects in a folder. */
export interface S3 extends Pick<EmulatorThread, 'endpoint' | 'ended' | 'stop'> {
  /** Creates the buckets that are missing and lets the callers in. */
  readonly configure: (buckets: readonly string[], accessKeys: readonly AccessKey[]) => Promise<void>;
}

const configured = z.object({ type: z.literal('configured') });

/** Starts s3rver on any free port, its objects under `directory`. */
export const startS3 = async (directory: string): Promise<S3> => {
  mkdirSync(directory, { recursive: true });
  const thread = await startEmulatorThread(new URL('s3-thread.mjs', import.meta.url), { host: HOST, directory });
  return {
    endpoint: thread.endpoint,
    ended: thread.ended,
    stop: thread.stop,
    configure: async (buckets, accessKeys) => {
      await thread.ask({ buckets, accessKeys }, configured);
    },
  };
};
