import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CODES } from '../../shared/contracts/codes/catalogue.ts';
import { definitionOf } from '../../shared/contracts/codes/definition.ts';
import { gatewayCodes } from '../../shared/contracts/codes/gateway.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { frameworkCodes } from '../../shared/contracts/framework-codes.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';
import { registryProblems } from '../support/registry-rules.ts';
import { fileFieldsOf } from '../../shared/contracts/named-fields.ts';
import { exampleBody } from '../support/example-body.ts';

const ROOT = join(import.meta.dirname, '../..');

const all: readonly EndpointSpec[] = [...ENDPOINTS, ...STAFF_ENDPOINTS];
const named = all.map((endpoint) => [endpoint.id, endpoint] as const);

describe('the registry', () => {
  it('matches the function files one to one, and no route, id or chapter is wrong', () => {
    expect(registryProblems(all, globSync('functions/*/*.ts', { cwd: ROOT }))).toEqual([]);
  });

  const sound = {
    id: 'a.one',
    chapter: '3.1',
    method: 'GET',
    path: '/v1/one',
    auth: 'none',
    apiKey: false,
    rate: 'public',
  } as const;
  const file = 'functions/a/one.ts';

  it.each([
    [
      'two endpoints on one route',
      [sound, { ...sound, id: 'a.two' as const }],
      [file, 'functions/a/two.ts'],
      'GET /v1/one is declared 2 times: by a.one and a.two',
    ],
    [
      'two endpoints of one id',
      [sound, { ...sound, path: '/v1/two' as const }],
      [file],
      'a.one is declared 2 times: by a.one and a.one',
    ],
    [
      'a session that is not counted',
      [{ ...sound, auth: 'session' as const }],
      ['functions/a/one.ts'],
      'endpoint a.one has auth session, which does not go with rate public',
    ],
    [
      'an idempotency key where nothing is changed',
      [{ ...sound, idempotent: true as const }],
      [file],
      'endpoint a.one is idempotent by key, which is for POST and PATCH of sessions',
    ],
    [
      'an API key where there is no session',
      [{ ...sound, apiKey: 'read' as const }],
      [file],
      'endpoint a.one accepts API keys otherwise than in place of a session: see apiKey',
    ],
    [
      'a GET for keys that may not read',
      [{ ...sound, auth: 'session' as const, rate: 'query' as const, apiKey: 'trade' as const }],
      [file],
      'endpoint a.one accepts API keys otherwise than in place of a session: see apiKey',
    ],
    [
      'scopes by a field that there is not',
      [{ ...sound, auth: 'session' as const, rate: 'query' as const, apiKey: { by: 'operation', scopes: {} } }],
      [file],
      'endpoint a.one accepts API keys otherwise than in place of a session: see apiKey',
    ],
    [
      'an endpoint that is half the staff’s',
      [{ ...sound, path: '/admin/v1/one' as const }],
      [file],
      'endpoint a.one is only partly of the staff API: see auth, id, path and chapter',
    ],
    ['an endpoint without a function', [sound], [], 'endpoint a.one has no function: write functions/a/one.ts'],
    [
      'a function without an endpoint',
      [sound],
      [file, 'functions/a/two.ts'],
      'functions/a/two.ts has no endpoint: declare it and add it to the registry, or delete the file',
    ],
    [
      'a chapter that does not exist',
      [{ ...sound, chapter: '3.7' as const }],
      [file],
      'endpoint a.one names chapter 3.7, which the specification lacks',
    ],
  ])('would report %s', (_what, endpoints, files, problem) => {
    expect(registryProblems(endpoints, files)).toEqual([problem]);
  });

  it('lets functions without a route be', () => {
    expect(registryProblems([sound], [file, 'functions/gateway/fallback.ts', 'functions/jobs/expire.ts'])).toEqual([]);
  });
});

describe.each(named)('the contract of %s', (_id, endpoint) => {
  it('has an example body, query and path that its schemas take', () => {
    expect(endpoint.params?.safeParse(endpoint.example.params).error).toBeUndefined();
    expect(Object.keys(endpoint.params?.shape ?? {})).toEqual(
      [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    );
    expect(endpoint.example.body === undefined).toBe(endpoint.body === undefined);
    expect(endpoint.body?.safeParse(exampleBody(endpoint)).error).toBeUndefined();
    expect(endpoint.query?.safeParse(endpoint.example.query ?? {}).error).toBeUndefined();
  });

  it('has an example answer that survives its schema whole', () => {
    expect(endpoint.data.parse(endpoint.example.data)).toEqual(endpoint.example.data);
  });

  it('takes files in forms only, and answers a wrong field by a code that it lists', () => {
    const { body, query, bodyType, codes, wrongFields = {} } = endpoint;
    expect((body ? fileFieldsOf(body) : []).length > 0).toBe(bodyType === 'multipart');
    const fields = Object.keys({ ...body?.shape, ...query?.shape });
    expect(fields).toEqual(expect.arrayContaining(Object.keys(wrongFields)));
    expect(codes).toEqual(expect.arrayContaining(Object.values(wrongFields)));
  });

  it('lists each code once, and only failures', () => {
    expect(endpoint.codes).toEqual([...new Set(endpoint.codes)]);
    expect(endpoint.codes.filter((code) => CODES[code].code === 1)).toEqual([]);
  });

  it('knows what each code means that it can answer with, and carries no set of codes in vain', () => {
    const ofFunction = frameworkCodes(endpoint).filter((code) => !Object.hasOwn(gatewayCodes, code));
    const codes = ['SUCCESS' as const, ...endpoint.codes, ...ofFunction];
    expect(codes.map((code) => definitionOf(code, endpoint))).toEqual(codes.map((code) => CODES[code]));
    const own: readonly string[] = Object.keys(endpoint.ownCodes ?? {});
    expect(codes.some((code) => own.includes(code))).toBe(endpoint.ownCodes !== undefined);
  });

  it('gives data only to codes that it lists', () => {
    const listed: readonly string[] = endpoint.codes;
    expect(Object.keys(endpoint.errorData ?? {}).filter((code) => !listed.includes(code))).toEqual([]);
  });

  it('answers empty fields that it has, with data that the code carries', () => {
    const fields = { ...endpoint.body?.shape, ...endpoint.query?.shape };
    const emptyFields = Object.entries(endpoint.emptyFields ?? {});
    expect(emptyFields.filter(([field]) => !Object.hasOwn(fields, field))).toEqual([]);
    const coded = emptyFields.flatMap(([, empty]) => ('code' in empty ? [empty] : []));
    expect(coded.filter(({ code }) => !endpoint.codes.includes(code))).toEqual([]);
    expect(coded.map(({ code, data }) => endpoint.errorData?.[code]?.safeParse(data).success)).toEqual(
      coded.map(() => true),
    );
  });
});

/** The API gives them none: a deposit's reference and the price itself say why. */
const WITHOUT_REASON: ReadonlySet<string> = new Set(['admin.deposits', 'admin.tickers']);

describe.each(STAFF_ENDPOINTS)('the staff endpoint $id', (endpoint: EndpointSpec) => {
  it('is audited: it may append to the audit, and do nothing else but read it', () => {
    expect(endpoint.uses.audit).toContain('append');
    expect(endpoint.uses.audit?.filter((action) => !['append', 'query', 'get'].includes(action))).toEqual([]);
  });

  it('asks for a reason where it changes something', () => {
    const fields = Object.keys(endpoint.body?.shape ?? {});
    expect(fields.includes('reason')).toBe(endpoint.method !== 'GET' && !WITHOUT_REASON.has(endpoint.id));
  });
});
