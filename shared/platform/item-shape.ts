import type { Item, UpdateSpec } from './writes.ts';

/*
 * Every item of a durable table says in `v` which shape it has, so that code meets none that it does not understand
 * (docs/decisions/0011-items-carry-their-shape.md). Nothing but this file knows of it.
 */

/**
 * What is written. Raised for a change that the release before would misread, and never in the release that raises
 * `KNOWN_SHAPE`: while a release goes out, and after a rollback, the one before reads what this one writes.
 */
export const WRITTEN_SHAPE = 1;

/** The newest shape that is understood. Items without any are from before there were shapes, and are of the first. */
export const KNOWN_SHAPE = 1;

/** An item is of a shape that only newer code understands; the release that runs is older than its data. */
export class NewerShapeError extends Error {
  override readonly name = 'NewerShapeError';
}

/**
 * Gives an item back as it was read.
 *
 * @throws NewerShapeError for an item of a shape that is not known.
 */
export const ofKnownShape = <T extends Item | undefined>(item: T): T => {
  const shape = item?.['v'];
  if (shape === undefined || (typeof shape === 'number' && shape <= KNOWN_SHAPE)) return item;
  throw new NewerShapeError(
    `An item has the shape ${JSON.stringify(shape)}, and ${KNOWN_SHAPE} is the newest known here.`,
  );
};

/** An item that says its shape. */
export const shaped = <T extends Item>(item: T): T & { readonly v: number } => ({ ...item, v: WRITTEN_SHAPE });

const UNDERSTOOD = '(attribute_not_exists(v) OR v <= :knownShape)';
const SAID = 'v = if_not_exists(v, :writtenShape)';

/**
 * An update that leaves an item saying its shape, also where it makes the item, and that is refused where the shape is
 * not known. The item keeps the shape it says, since an update changes a part of it.
 */
export const shapedUpdate = ({ update, condition, names, values }: UpdateSpec): UpdateSpec => ({
  update: /\bSET /.test(update) ? update.replace(/\bSET /, `SET ${SAID}, `) : `SET ${SAID} ${update}`,
  condition: condition === undefined ? UNDERSTOOD : `${UNDERSTOOD} AND (${condition})`,
  ...(names && { names }),
  values: { ...values, ':knownShape': KNOWN_SHAPE, ':writtenShape': WRITTEN_SHAPE },
});
