import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { createAws } from './failures/aws.ts';
import { COMMANDS } from './commands.ts';
import type { Context } from './command.ts';
import { operatorCredentials } from './credentials.ts';
import { runCommand } from './run.ts';
import { staffApiOf } from './staff-api.ts';
import { createStaffClient } from './staff-client.ts';

const context = (): Context => ({
  call: createStaffClient(staffApiOf(process.env, userInfo().username)),
  aws: (region) => createAws({ region, endpoint: process.env['AWS_ENDPOINT_URL'], credentials: operatorCredentials() }),
  readFile: (path) => readFile(path),
  now: Date.now,
  newId: () => randomBytes(16).toString('hex'),
});

const printTo = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);

if (import.meta.main) {
  const output = { print: printTo(process.stdout), complain: printTo(process.stderr) };
  process.exitCode = await runCommand(COMMANDS, process.argv.slice(2), context, output);
}
