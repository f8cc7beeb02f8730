import { describe, expect, it } from '@jest/globals';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { time } from '../../shared/contracts/endpoints/service/time.ts';
import { synthesize } from './synthesis.ts';
import type { Template } from './templates.ts';

/** CloudFormation refuses 500 resources or 1 MB a template; what is left is room for alarms and growth. */
const RESOURCES = 400;
const BYTES = 1_000_000;

const endpointsOf = (counts: Readonly<Record<string, number>>): readonly EndpointSpec[] =>
  Object.entries(counts).flatMap(([domain, count]) =>
    Array.from({ length: count }, (_, index): EndpointSpec => ({
      ...time,
      id: `${domain}.operation-with-a-longish-name-${index}`,
      path: `/v1/${domain}/operation_with_a_longish_name_${index}`,
      auth: 'session',
      uses: {
        users: ['get', 'update'],
        ledger: ['query', 'put', 'update', 'check'],
        ephemeral: ['update'],
        mail: 'send',
      },
    })),
  );

const sizesOf = (template: Template): { readonly resources: number; readonly bytes: number } => ({
  resources: Object.keys(template.Resources).length,
  bytes: JSON.stringify(template).length,
});

const PLANS = [
  {
    plan: 'spread as planned',
    counts: { auth: 6, account: 24, kyc: 10, market: 1, capital: 6, wallet: 19, service: 3, admin: 16 },
  },
  { plan: 'with one domain of 60', counts: { wallet: 60, auth: 6, account: 19 } },
] as const;

describe.each(PLANS)('85 functions $plan', ({ counts }) => {
  const endpoints = endpointsOf(counts);
  const { templates, findings } = synthesize('prod', endpoints);

  it('are 85', () => {
    expect(endpoints).toHaveLength(85);
  });

  it.each(Object.keys(templates))('leave the stack %s under its limits', (id) => {
    const { resources, bytes } = sizesOf(templates[id] ?? { Resources: {}, Outputs: {} });
    expect(resources).toBeGreaterThan(0);
    expect(resources).toBeLessThan(RESOURCES);
    expect(bytes).toBeLessThan(BYTES);
  });

  it('pass every check', () => {
    expect(findings).toEqual([]);
  });
});
