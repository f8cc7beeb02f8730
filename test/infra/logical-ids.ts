import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Synthesis } from './templates.ts';

/** `{ "<stack>/<logical id>": "<type>" }`. */
export type LogicalIds = Readonly<Record<string, string>>;

const FILE = join(import.meta.dirname, 'logical-ids.json');

/**
 * A deployment gets a new id whenever the API changes, a version whenever its function does: that is how API Gateway and
 * Lambda are made to publish them.
 */
const CHANGES_BY_DESIGN = new Set(['AWS::ApiGateway::Deployment', 'AWS::Lambda::Version']);

export const readPinned = (): LogicalIds =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(FILE, 'utf8')));

/** The logical ids of a stage. */
export const idsIn = ({ templates }: Synthesis): LogicalIds =>
  Object.fromEntries(
    Object.entries(templates).flatMap(([stack, { Resources }]) =>
      Object.entries(Resources)
        .filter(([, { Type }]) => !CHANGES_BY_DESIGN.has(Type))
        .map(([logicalId, { Type }]) => [`${stack}/${logicalId}`, Type] as const),
    ),
  );

/** Adds what is new to the list. What changed or vanished it leaves alone: that is edited by hand, on purpose. */
const pinNew = async (): Promise<number> => {
  const pinned = readPinned();
  const { synthesize } = await import('./synthesis.ts');
  const all = Object.entries({ ...idsIn(synthesize('prod')), ...pinned }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
  return all.length - Object.keys(pinned).length;
};

if (import.meta.main) process.stdout.write(`Pinned ${await pinNew()} new logical ids.\n`);
