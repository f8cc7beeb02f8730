import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';

/** How many numbered sections each chapter of the API specification has; chapter 6 describes one route. */
const SECTIONS = new Map([
  [3, 6],
  [4, 12],
  [5, 7],
  [6, 1],
  [8, 5],
  [9, 19],
  [10, 6],
]);

type Declared = Pick<
  EndpointSpec,
  'id' | 'chapter' | 'method' | 'path' | 'auth' | 'apiKey' | 'body' | 'rate' | 'idempotent'
>;

/** Functions that answer no route of their own. */
const NOT_ENDPOINTS = /^functions\/(?:gateway\/|jobs\/|admin\/fallback\.ts$)/;

const fileOf = (id: string): string => `functions/${id.replace('.', '/')}.ts`;

/** Values that several endpoints share, with who shares them. */
const shared = (endpoints: readonly Declared[], keyOf: (endpoint: Declared) => string): readonly string[] => {
  const owners = Map.groupBy(endpoints, keyOf);
  return [...owners].flatMap(([key, owned]) =>
    owned.length > 1 ? [`${key} is declared ${owned.length} times: by ${owned.map(({ id }) => id).join(' and ')}`] : [],
  );
};

const chapterExists = (chapter: string): boolean => {
  if (chapter === 'Staff API') return true;
  const [number = 0, section = 0] = chapter.split('.').map(Number);
  return section >= 1 && section <= (SECTIONS.get(number) ?? 0);
};

/** Sessions are counted by session, staff not at all; who may be anybody is counted by address or not at all. */
const countsRightly = ({ auth, rate }: Declared): boolean =>
  (auth === 'session' || auth === 'pending') === (rate === 'query' || rate === 'orders') &&
  (auth === 'staff') === (rate === 'staff');

/** Answers are kept by user and key, for what changes something and is no replacement or deletion. */
const keepsRightly = ({ auth, method, idempotent }: Declared): boolean =>
  !idempotent || (auth === 'session' && (method === 'POST' || method === 'PATCH'));

/** A key stands for a session, and reads where nothing else is said; what a scope goes by is a field of the body. */
const acceptsRightly = ({ auth, apiKey, method, body }: Declared): boolean => {
  if (apiKey === false) return true;
  if (auth !== 'session') return false;
  return typeof apiKey === 'string' ? method !== 'GET' || apiKey === 'read' : body?.shape[apiKey.by] !== undefined;
};

/** What is the staff's is so in every part: path, domain and chapter. */
const isWholly = ({ id, auth, path, chapter }: Declared): boolean => {
  const signs = [auth === 'staff', id.startsWith('admin.'), path.startsWith('/admin/v1/'), chapter === 'Staff API'];
  return new Set(signs).size === 1;
};

/** Everything that is wrong between what is declared and which function files exist, in sentences. */
export const registryProblems = (endpoints: readonly Declared[], files: readonly string[]): readonly string[] => {
  const expected = new Map(endpoints.map(({ id }) => [fileOf(id), id]));
  const missing = [...expected].filter(([file]) => !files.includes(file));
  const orphans = files.filter((file) => !expected.has(file) && !NOT_ENDPOINTS.test(file));
  const miscounted = endpoints.filter((endpoint) => !countsRightly(endpoint));
  const miskept = endpoints.filter((endpoint) => !keepsRightly(endpoint));
  const misopened = endpoints.filter((endpoint) => !acceptsRightly(endpoint));
  const halved = endpoints.filter((endpoint) => !isWholly(endpoint));
  const misplaced = endpoints.filter(({ chapter }) => !chapterExists(chapter));
  return [
    ...shared(endpoints, ({ id }) => id),
    ...shared(endpoints, ({ method, path }) => `${method} ${path}`),
    ...missing.map(([file, id]) => `endpoint ${id} has no function: write ${file}`),
    ...orphans.map((file) => `${file} has no endpoint: declare it and add it to the registry, or delete the file`),
    ...miscounted.map(({ id, auth, rate }) => `endpoint ${id} has auth ${auth}, which does not go with rate ${rate}`),
    ...miskept.map(({ id }) => `endpoint ${id} is idempotent by key, which is for POST and PATCH of sessions`),
    ...misopened.map(({ id }) => `endpoint ${id} accepts API keys otherwise than in place of a session: see apiKey`),
    ...halved.map(({ id }) => `endpoint ${id} is only partly of the staff API: see auth, id, path and chapter`),
    ...misplaced.map(({ id, chapter }) => `endpoint ${id} names chapter ${chapter}, which the specification lacks`),
  ];
};
