import { freshName, type Identity } from './identity.ts';

/** Registers a user and logs in; gives the token. */
export const loggedInAs = async ({ registerAs, attempt }: Identity, name = freshName()): Promise<string> => {
  await registerAs(name);
  const result = await attempt(name);
  if (!result.ok) throw new Error('The user cannot log in.');
  return result.token;
};
