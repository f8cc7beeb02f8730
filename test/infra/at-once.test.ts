import { describe, expect, it } from '@jest/globals';
import { isAtOnce, STAGES } from '../../infra/stages.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { synthesize } from './synthesis.ts';
import type { Synthesis } from './templates.ts';

const few = ENDPOINTS.slice(0, 2);

const policiesIn = ({ templates }: Synthesis): number =>
  Object.values(templates)
    .flatMap(({ Resources }) => Object.values(Resources))
    .filter((resource) => 'UpdatePolicy' in resource).length;

describe('a deployment at once', () => {
  it('leaves the groups where they are and lets CloudFormation move the aliases', () => {
    const usual = synthesize(STAGES.prod, few);
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

  it('little by little takes a tenth more each minute where a stage wants that', () => {
    const { templates } = synthesize({ ...STAGES.prod, deployment: 'linear' }, few);
    expect(JSON.stringify(templates['Deployments'])).toContain('CodeDeployDefault.LambdaLinear10PercentEvery1Minute');
  });

  it('publishes a new version where the configuration changes, and none otherwise', () => {
    const versions = (synthesis: Synthesis): readonly string[] =>
      Object.values(synthesis.templates).flatMap(({ Resources }) =>
        Object.entries(Resources).flatMap(([id, { Type }]) => (Type === 'AWS::Lambda::Version' ? [id] : [])),
      );
    const first = versions(synthesize(STAGES.prod, few));
    expect(first.length).toBeGreaterThan(few.length);
    expect(versions(synthesize(STAGES.prod, few))).toEqual(first);
    expect(versions(synthesize({ ...STAGES.prod, reservedConcurrency: { 'account.login-status': 7 } }, few))).toEqual(first);
    const larger = versions(synthesize({ ...STAGES.prod, memoryMb: 2_048 }, few));
    expect(larger.filter((id) => first.includes(id))).toEqual([]);
  });
});
