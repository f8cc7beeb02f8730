import { liveThrough } from './journey.ts';
import { measure } from './measure.ts';
import { report } from './report.ts';

if (import.meta.main) {
  process.stderr.write('Starting the stack and living through a journey; this takes about a minute.\n');
  process.stdout.write(`${report(await measure(liveThrough))}\n`);
}
