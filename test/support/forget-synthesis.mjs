import { rmSync } from 'node:fs';

/** Removes what this run of the tests has synthesized. */
export default () => {
  if (process.env.SYNTHESIS_CACHE) rmSync(process.env.SYNTHESIS_CACHE, { recursive: true, force: true });
};
