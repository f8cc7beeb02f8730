import { describe, expect, it } from '@jest/globals';
import { synthesized } from './synthesized.ts';

const { templates } = await synthesized('prod');

const resources = Object.values(templates).flatMap((template) => Object.values(template.Resources));

describe('a new deployment', () => {
  it('has no account yet: no user, group or access key, and nothing that would write one', () => {
    const types = [...new Set(resources.map(({ Type }) => Type))];
    expect(types).toContain('AWS::Lambda::Function');
    const makers =
      /^(?:AWS::IAM::(?:User|Group|AccessKey)|AWS::Cognito::.*|AWS::CloudFormation::CustomResource|Custom::.*)$/;
    expect(types.filter((type) => makers.test(type))).toEqual([]);
  });

  it('starts with empty tables', () => {
    const tables = resources.filter(({ Type }) => /^AWS::DynamoDB::(?:Global)?Table$/.test(Type));
    expect(tables.length).toBeGreaterThan(3);
    expect(tables.filter(({ Properties }) => Properties['ImportSourceSpecification'] !== undefined)).toEqual([]);
  });
});
