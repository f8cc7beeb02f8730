import { describe, expect, it } from '@jest/globals';
import { isAtOnce, STAGES } from '../../infra/stages.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { synthesize } from './synthesis.ts';
import type { Synthesis } from './templates.ts';

const few = ENDPOINTS.slice(0, 2);
const usual = synthesize(STAGES.prod, few);

const policiesIn = ({ templates }: Synthesis): number =>
  Object.values(templates)
    .flatMap(({ Resources }) => Object.values(Resources))
    .filter((resource) => 'UpdatePolicy' in resource).length;

const versionsIn = ({ templates }: Synthesis): readonly string[] =>
  Object.values(templates).flatMap(({ Resources }) =>
    Object.entries(Resources).flatMap(([id, { Type }]) => (Type === 'AWS::Lambda::Version' ? [id] : [])),
  );

describe('a deployment at once', () => {
  it('leaves the groups where they are and lets CloudFormation move the aliases', () => {
    const once = synthesize(STAGES.prod, few, undefined, { atOnce: true });
    // The two, and the fallback.
    expect(policiesIn(usual)).toBe(3);
    expect(policiesIn(once)).toBe(0);
    expect(once.templates['Deployments']).toEqual(usual.templates['Deployments']);
    expect(once.findings).toEqual([]);
  });

  it('is asked for by one word, and another one is refused', () => {
    expect(isAtOnce('at-once')).toBe(true);
    expect(isAtOnce(undefined)).toBe(false);
    expect(() => isAtOnce('atonce')).toThrow('Unknown way to deploy "atonce". Leave it out, or say: -c deploy=at-once');
  });
});

describe('a deployment', () => {
  it('publishes a new version of what has changed in code or configuration, a tenth more each minute if wanted', () => {
    const larger = synthesize({ ...STAGES.prod, deployment: 'linear', memoryMb: 2_048 }, few);
    expect(JSON.stringify(larger.templates['Deployments'])).toContain('LambdaLinear10PercentEvery1Minute');
    const versions = versionsIn(usual);
    expect(versions.length).toBeGreaterThan(few.length);
    expect(versionsIn(larger).filter((id) => versions.includes(id))).toEqual([]);
  });

  it('publishes none for a change of what is no part of a version', () => {
    const [{ id }] = ENDPOINTS;
    const other = synthesize({ ...STAGES.prod, reservedConcurrency: { [id]: 7 }, maintenance: 'on' }, few);
    expect(JSON.stringify(other.templates)).toContain('"ReservedConcurrentExecutions":7');
    expect(versionsIn(other)).toEqual(versionsIn(usual));
  });
});
