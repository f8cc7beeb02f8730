import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';

/** Numbers without a country code are Taiwanese. */
const HOME = 'TW';

/**
 * Reads a mobile number as people write it, `+886912345678` or `0912345678`, into E.164.
 *
 * @returns `undefined` for what is no valid mobile number.
 */
export const parseMobile = (text: string): string | undefined => {
  const parsed = parsePhoneNumberFromString(text, HOME);
  return parsed?.isValid() ? parsed.number : undefined;
};
