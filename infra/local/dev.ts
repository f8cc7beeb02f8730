import { ROOT } from '../bundles.ts';
import { functionName } from '../names.ts';
import { startReload } from './dev/reload.ts';
import { exitWith, run, STAGE } from './start.ts';

if (import.meta.main) {
  await run((stack) =>
    startReload({ root: ROOT, stack, functionName: (id) => functionName({ name: STAGE }, id), log: console.log }),
  ).catch(exitWith);
}
