import { describe, expect, it } from '@jest/globals';
import { jsonBodyCases, otherBodyCases, oversizeBodyCases } from '../../support/registry/body-cases.ts';
import { bodyFieldCases, exampleCase, queryFieldCases } from '../../support/registry/field-cases.ts';
import { formBodyCases, formExampleCase, formFieldCases } from '../../support/registry/form-cases.ts';
import {
  crossSiteCase,
  headerCases,
  oversizeHeadCases,
  strangeQueryCases,
  tokenCases,
} from '../../support/registry/header-cases.ts';
import { type Case, NAMED_ENDPOINTS, useOverHttp } from '../../support/registry/over-http.ts';

const http = useOverHttp();

describe.each(NAMED_ENDPOINTS)('%s', (_name, endpoint) => {
  const { body, query } = endpoint;
  const problemsOf = (cases: readonly Case[]): Promise<readonly string[]> => http().problemsOf(endpoint, cases);
  const takes = (type: string): boolean => http().documented.mediaTypes(endpoint).includes(type);
  const takesForms = (): boolean => takes('multipart/form-data');
  const bodyCases = (): readonly Case[] => {
    if (takesForms()) return formBodyCases(endpoint);
    return takes('application/json') ? jsonBodyCases(endpoint) : otherBodyCases();
  };

  it('answers its documented example as documented', async () => {
    const example = takesForms() ? formExampleCase(endpoint) : exampleCase(endpoint);
    expect(await problemsOf([example])).toEqual([]);
  });

  if (body) {
    it('takes and refuses fields of its body as its schema does', async () => {
      const cases = takesForms() ? formFieldCases(endpoint, body) : bodyFieldCases(endpoint, body);
      expect(await problemsOf(cases)).toEqual([]);
    });
  }

  if (query) {
    it('takes and refuses fields of its query as its schema does', async () => {
      expect(await problemsOf(queryFieldCases(endpoint, query))).toEqual([]);
    });
  }

  it('makes an envelope of whatever the body is', async () => {
    expect(await problemsOf(bodyCases())).toEqual([]);
  });

  it('takes no body over the limits', async () => {
    expect(await problemsOf(oversizeBodyCases(endpoint))).toEqual([]);
  });

  it('answers whatever the headers and the query are', async () => {
    expect(await problemsOf([...headerCases(endpoint), ...strangeQueryCases(endpoint)])).toEqual([]);
  });

  it('takes no more than 10,240 bytes of headers', async () => {
    expect(await problemsOf(oversizeHeadCases(endpoint))).toEqual([]);
  });

  it('opens to no token that nobody was given', async () => {
    expect(await problemsOf(tokenCases(endpoint))).toEqual([]);
  });

  it('refuses what another site sends where it changes state, and only there', async () => {
    expect(await problemsOf([crossSiteCase(endpoint)])).toEqual([]);
  });
});
