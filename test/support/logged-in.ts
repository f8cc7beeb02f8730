import { freshName, type Identity } from './identity.ts';

/** Registers a user and logs in; gives the token. */
export const loggedInAs = async ({ registerAs, attempt }: Identity, name = freshName()): Promise<string> => {
  await registerAs(name);
  const result = await attempt(name);
  if (!result.ok) throw new Error('The user cannot log in.');
  return result.token;
};

/** Registers a user and logs in; gives the name and the id of who then calls. */
export const callerLoggedIn = async (identity: Identity) => {
  const name = freshName();
  const caller = await identity.callerOf(await loggedInAs(identity, name));
  if (!caller) throw new Error('The session is not known.');
  return { name, callerId: caller.user.userId };
};
