/*
 * Identity numbers of Taiwan, all ten characters long:
 * - the national identity number (國民身分證統一編號; Ministry of the Interior, Department of Household Registration):
 *   the letter of the place of the first registration, 1 or 2 for the sex, seven digits, a check digit;
 * - the number on a resident certificate (外來人口統一證號; Ministry of the Interior, National Immigration Agency): since
 *   2 January 2021 a letter, 8 or 9, seven digits, a check digit. Before that a letter, one of A to D for the sex and the
 *   kind of person, seven digits, a check digit; those go on being valid until they are exchanged.
 * The check digit is one rule for all: https://en.wikipedia.org/wiki/National_identification_card_(Taiwan) tells it, and
 * the Agency's notice of the new format keeps it (https://www.immigration.gov.tw/5385/7445/238440/243278/243280/).
 * Which digit goes with which sex is not judged here.
 */

/** Letters in the order of their values: A is 10, Z is 33. The last four came later, so the order is not the alphabet's. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';
const FIRST_LETTER_VALUE = 10;

const FORMAT = /^[A-Z][1289A-D]\d{8}$/;

/** Of the ones of the first letter's value, the eight digits behind it, and the check digit; its tens count once. */
const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, 1, 1] as const;

const letterValue = (letter: string): number => LETTERS.indexOf(letter) + FIRST_LETTER_VALUE;

/** What a character counts: a digit itself, a letter the ones of its value. */
const digitOf = (character: string): number => (/\d/.test(character) ? Number(character) : letterValue(character) % 10);

const isChecked = (number: string): boolean => {
  const tens = Math.floor(letterValue(number.charAt(0)) / 10);
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * digitOf(number.charAt(index)), tens);
  return sum % 10 === 0;
};

/**
 * Reads an identity number as people write it, in either case, into its one form.
 *
 * @returns `undefined` for what is none of the formats or fails its check digit.
 */
export const parseIdentityNumber = (text: string): string | undefined => {
  const number = text.trim().toUpperCase();
  return FORMAT.test(number) && isChecked(number) ? number : undefined;
};
