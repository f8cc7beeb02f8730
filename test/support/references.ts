import * as z from 'zod';

const jsonObject = z.record(z.string(), z.unknown());

/** Puts what a reference points to in its place, so that every part can be read by itself. */
export const resolveReferences = (root: unknown, node: unknown): unknown => {
  if (Array.isArray(node)) return node.map((item) => resolveReferences(root, item));
  const object = jsonObject.safeParse(node).data;
  if (!object) return node;
  const { $ref } = object;
  if (typeof $ref !== 'string') {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, resolveReferences(root, value)]));
  }
  const found = $ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => jsonObject.parse(at)[key], root);
  return resolveReferences(root, found);
};
