import { describe, expect, it } from '@jest/globals';
import { isForgeable } from '../../../shared/http/cross-site.ts';

const OURS = ['https://app.example.com'];
const json = { 'content-type': 'application/json' };

describe('isForgeable', () => {
  it.each([
    ['a JSON POST without browser headers', 'POST', json, false],
    ['a JSON POST with charset', 'POST', { 'content-type': 'application/json; charset=utf-8' }, false],
    ['a form POST without browser headers', 'POST', { 'content-type': 'text/plain' }, true],
    ['a POST without a content type', 'POST', {}, true],
    ['a type that only looks like JSON', 'POST', { 'content-type': 'text/application/json' }, true],
    ['a state-changing GET without browser headers', 'GET', {}, true],
    ['same-origin', 'POST', { ...json, 'sec-fetch-site': 'same-origin' }, false],
    ['same-site GET', 'GET', { 'sec-fetch-site': 'same-site' }, false],
    ['cross-site JSON', 'POST', { ...json, 'sec-fetch-site': 'cross-site' }, true],
    ['an address typed by hand', 'GET', { 'sec-fetch-site': 'none' }, true],
    ['a configured origin', 'POST', { ...json, origin: 'https://app.example.com' }, false],
    ['a configured origin, cross-site', 'POST', { ...json, origin: OURS[0], 'sec-fetch-site': 'cross-site' }, false],
    ['a foreign origin', 'POST', { ...json, origin: 'https://evil.example' }, true],
    ['an origin that starts like ours', 'POST', { ...json, origin: 'https://app.example.com.evil.example' }, true],
    ['the opaque origin', 'POST', { ...json, origin: 'null' }, true],
    ['a header token from anywhere', 'POST', { origin: 'https://evil.example', token: 'T' }, false],
    ['a signature from anywhere', 'POST', { 'sec-fetch-site': 'cross-site', 'btse-sign': 'ab' }, false],
  ])('%s', (_, method, headers, expected) => {
    expect(isForgeable(method, headers, OURS)).toBe(expected);
  });
});
