import type { Bank } from './banks.ts';

interface Changes {
  readonly added: readonly Bank[];
  readonly renamed: readonly { readonly code: string; readonly from: string; readonly to: string }[];
  readonly removed: readonly Bank[];
}

/** What differs between two lists, each in the order of its own list. */
export const changesBetween = (before: readonly Bank[], after: readonly Bank[]): Changes => {
  const names = new Map(before.map(({ code, name }) => [code, name]));
  const left = new Set(after.map(({ code }) => code));
  return {
    added: after.filter(({ code }) => !names.has(code)),
    renamed: after.flatMap(({ code, name: to }) => {
      const from = names.get(code);
      return from === undefined || from === to ? [] : [{ code, from, to }];
    }),
    removed: before.filter(({ code }) => !left.has(code)),
  };
};
