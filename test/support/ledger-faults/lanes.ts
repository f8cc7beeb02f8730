/** Lets so many pass at once, the others in the order in which they came. */
export interface Lanes {
  /** Waits for a lane; gives back how to leave it. */
  readonly enter: () => Promise<() => void>;
}

export const createLanes = (count: number): Lanes => {
  let free = count;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    enter: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leave;
    },
  };
};
