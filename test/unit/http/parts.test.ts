import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEndpoint, type EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { assemble, type Parts } from '../../../shared/http/endpoint-handler.ts';
import { formParser } from '../../../shared/http/form-body.ts';
import { onceByKey } from '../../../shared/http/idempotency.ts';
import { readMultipart } from '../../../shared/http/multipart.ts';
import { pageSupport } from '../../../shared/http/page.ts';
import { storelessFoundation } from '../../support/storeless.ts';

const plain = defineEndpoint({
  id: 'test.endpoint',
  chapter: '4.2',
  method: 'POST',
  path: '/v1/test',
  summary: 'test',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  body: z.object({}),
  data: z.null(),
  codes: ['ILLEGAL_STATE'],
  successMessage: 'Success',
  uses: {},
  example: { data: null },
});

const declaring: EndpointSpec = { ...plain, idempotent: true, bodyType: 'multipart', response: 'page' };

const parts = { once: onceByKey, page: pageSupport, form: formParser(readMultipart) };

const assembled = (endpoint: EndpointSpec, handedIn: Parts<EndpointSpec, undefined>) =>
  assemble(endpoint, storelessFoundation(endpoint.id), () => () => ({ ok: false, code: 'ILLEGAL_STATE' }), handedIn);

describe('a handler', () => {
  it('is put together where contract and function agree', () => {
    expect(assembled(plain, {})).toBeInstanceOf(Function);
    const { once: _once, ...others } = parts;
    const forms = { ...plain, bodyType: 'multipart', response: 'page' } as const;
    expect(assembled(forms, others)).toBeInstanceOf(Function);
  });

  it.each([
    ['declares what the function does not hand in', declaring, {}],
    ['does not declare what the function hands in', plain, parts],
  ])('is not where the contract %s', (_what, endpoint, handedIn) => {
    expect(() => assembled(endpoint, handedIn)).toThrow(
      'differ in forms and idempotency keys and pages: declare and hand in both',
    );
  });
});
