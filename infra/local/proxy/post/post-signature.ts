import { createHmac, timingSafeEqual } from 'node:crypto';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The signature of a POST policy: version 4, over the policy as it stands in the form.
 *
 * @param scope `<access key id>/<day>/<region>/s3/aws4_request`.
 */
export const postSignature = (policy: string, scope: string, secret: string): string => {
  const [, day = '', region = '', service = '', end = ''] = scope.split('/');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), end);
  return hmac(key, policy).toString('hex');
};

export const isSameSignature = (given: string, calculated: string): boolean => {
  const [first, second] = [Buffer.from(given), Buffer.from(calculated)];
  return first.length === second.length && timingSafeEqual(first, second);
};
