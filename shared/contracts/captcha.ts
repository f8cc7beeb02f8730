/**
 * What captcha answers are made of: capitals and digits that stay apart when bent, turned and crossed by curves.
 * Left out are those that a person takes for one another: 0 D O Q, 1 I J L, 2 Z, 5 S, 8 B, 6 C G, V Y beside U X;
 * and those that a curve in the wrong place makes into another: F into E, 7 into T.
 */
export const CAPTCHA_ALPHABET = '349AEHKMNPRTUWX';

/** Characters of an answer: 15^4 = 50 625 answers, and each picture allows one guess. */
export const CAPTCHA_LENGTH = 4;
