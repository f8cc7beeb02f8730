import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { synthesize } from './synthesis.ts';

/** `{ "<stack>/<logical id>": "<type>" }`. */
export type LogicalIds = Readonly<Record<string, string>>;

const FILE = join(import.meta.dirname, 'logical-ids.json');

/** A deployment gets a new id whenever the API changes: that is how API Gateway is made to publish it. */
const CHANGES_BY_DESIGN = 'AWS::ApiGateway::Deployment';

export const readPinned = (): LogicalIds =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(FILE, 'utf8')));

/** The logical ids of stage prod, as it is synthesized now. */
export const presentIds = (): LogicalIds =>
  Object.fromEntries(
    Object.entries(synthesize('prod').templates).flatMap(([stack, { Resources }]) =>
      Object.entries(Resources)
        .filter(([, { Type }]) => Type !== CHANGES_BY_DESIGN)
        .map(([logicalId, { Type }]) => [`${stack}/${logicalId}`, Type] as const),
    ),
  );

/** Adds what is new to the list. What changed or vanished it leaves alone: that is edited by hand, on purpose. */
const pinNew = (): number => {
  const pinned = readPinned();
  const all = Object.entries({ ...presentIds(), ...pinned }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
  return all.length - Object.keys(pinned).length;
};

if (import.meta.main) process.stdout.write(`Pinned ${pinNew()} new logical ids.\n`);
