import { createHash } from 'node:crypto';

/** Credentials that tell on this machine which function calls. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The access key of a function: the same on every start, another for every function, shaped like one of AWS. */
export const accessKeyOf = (functionName: string): AccessKey => ({
  id: `ASIA${digest(functionName).toString('hex').slice(0, 16).toUpperCase()}`,
  secret: digest(`secret of ${functionName}`).toString('base64').slice(0, 40),
});
