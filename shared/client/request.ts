import type { PlainInput } from './call.ts';
import type { Route } from './route.ts';

/** Hosts of API Gateway, whose paths begin with the stage; no function is told of it, and so it is not signed. */
const STAGED_HOST = /\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

const encoded = (values: object = {}): readonly (readonly [name: string, value: string])[] =>
  Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[encodeURIComponent(name), encodeURIComponent(String(value))] as const],
  );

/** Where a call goes to. */
export const urlOf = (baseUrl: string, { path }: Route, { params, query }: PlainInput): URL => {
  const filled = encoded(params).reduce((text, [name, value]) => text.replace(`{${name}}`, value), path);
  const search = encoded(query).map(([name, value]) => `${name}=${value}`);
  return new URL(`${baseUrl.replace(/\/+$/, '')}${filled}${search.length > 0 ? `?${search.join('&')}` : ''}`);
};

/** The path that a signature covers: as sent, without the stage. */
export const signedPath = ({ hostname, pathname }: URL): string =>
  STAGED_HOST.test(hostname) ? pathname.replace(/^\/[^/]*/, '') : pathname;

const formOf = (fields: object): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.set(name, value);
    else if (value !== undefined) form.set(name, String(value));
  }
  return form;
};

const utf8 = new TextEncoder();

export type Body = FormData | Uint8Array<ArrayBuffer>;

/** The body as it is sent; JSON as bytes, because they are what is signed. */
export const bodyOf = ({ form }: Route, body: object | undefined): Body | undefined => {
  if (body === undefined) return undefined;
  return form ? formOf(body) : utf8.encode(JSON.stringify(body));
};
