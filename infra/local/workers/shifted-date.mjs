/*
 * Gives this realm a `Date` whose present is shifted. Only "now" changes: dates given by a value, parsing, UTC,
 * prototypes, subclasses and `instanceof` stay what they are, for the prototype is the old one.
 */
const SystemDate = Date;
const systemNow = Date.now;

let offsetMs = 0;

const now = () => systemNow() + offsetMs;

const ShiftedDate = new Proxy(SystemDate, {
  // Without `new`, the arguments do not count.
  apply: () => new SystemDate(now()).toString(),
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
});

const replace = (owner, name, value) => {
  Object.defineProperty(owner, name, { value, writable: true, enumerable: false, configurable: true });
};

/** Puts the shifted `Date` in place; before it, a function could keep hold of the other one. */
export const installShiftedDate = () => {
  replace(SystemDate, 'now', now);
  replace(SystemDate.prototype, 'constructor', ShiftedDate);
  replace(globalThis, 'Date', ShiftedDate);
};

/** Shifts the present from here on; 0 makes it the machine's again. */
export const shiftDate = (milliseconds) => {
  offsetMs = milliseconds;
};
