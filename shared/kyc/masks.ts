/*
 * What is shown of people's data without decryption, as chapter 5.7 of the API has it. A mask is made once, beside the
 * ciphertext, and kept.
 */

/**
 * First and last character with one asterisk between, by code point: 林書得 is 林*得. Of two characters the first is left,
 * of a single one nothing.
 */
export const maskName = (name: string): string => {
  const characters = Array.from(name.trim());
  const [first = '', ...others] = characters;
  if (others.length === 0) return '*';
  return others.length === 1 ? `${first}*` : `${first}*${others.at(-1) ?? ''}`;
};

const IDENTITY = { start: 3, end: 2 } as const;

/** A123456789 is A12****89: four asterisks, however many characters they stand for. */
export const maskIdentityNumber = (number: string): string =>
  `${number.slice(0, IDENTITY.start)}****${number.slice(-IDENTITY.end)}`;

const PHONE = { start: 4, end: 3 } as const;

/** Taiwan's country code; numbers of other countries keep theirs. */
const HOME = '+886';

/** An E.164 number, the way people at home write it: +886912345678 is 0912***678. */
export const maskMobile = (number: string): string => {
  const written = number.startsWith(HOME) ? `0${number.slice(HOME.length)}` : number;
  return `${written.slice(0, PHONE.start)}***${written.slice(-PHONE.end)}`;
};
