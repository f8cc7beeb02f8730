import { describe, expect, it } from '@jest/globals';
import { CODES } from '../../shared/contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import type { Counted } from '../../shared/contracts/metrics.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';

const endpoints: readonly EndpointSpec[] = [...ENDPOINTS, ...STAFF_ENDPOINTS];

const counting = endpoints.flatMap(({ id, body, codes, counts }) =>
  counts ? [{ id, body, codes, counts: Object.entries<Counted | undefined>(counts) }] : [],
);

describe('what endpoints count', () => {
  it.each(counting)('$id counts codes that it can answer, by fields that its body has', ({ body, codes, counts }) => {
    const possible = new Set<string>(['SUCCESS', ...codes]);
    expect(counts.filter(([code]) => !possible.has(code) || !Object.hasOwn(CODES, code))).toEqual([]);
    const fields = counts.flatMap(([, counted]) => (typeof counted === 'object' ? counted.by : []));
    expect(fields.filter((field) => !Object.hasOwn(body?.shape ?? {}, field))).toEqual([]);
  });

  it('is no metric of two kinds: what a job measures, no endpoint counts', () => {
    const ofEndpoints = counting.flatMap(({ counts }) =>
      counts.flatMap(([, counted]) => (typeof counted === 'object' ? Object.values(counted.metrics) : counted)),
    );
    const ofJobs = new Set<unknown>(JOBS.flatMap(({ metrics = {} }) => Object.values(metrics)));
    expect(ofEndpoints.filter((metric) => ofJobs.has(metric))).toEqual([]);
    expect(ofEndpoints.length).toBeGreaterThan(0);
  });
});
