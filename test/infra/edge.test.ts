import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { type Stage, STAGES } from '../../infra/stages.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { careProblems } from './care.ts';
import { textOf } from './intrinsics.ts';
import { synthesize } from './synthesis.ts';
import { synthesized } from './synthesized.ts';
import { onlyResource, resourcesOf } from './templates.ts';

const prod = await synthesized('prod');

const aclSchema = z.object({
  Scope: z.literal('REGIONAL'),
  DefaultAction: z.object({ Allow: z.object({}) }),
  Rules: z.array(
    z.looseObject({ Name: z.string(), Priority: z.number(), Action: z.unknown().optional(), Statement: z.unknown() }),
  ),
});

describe('the web ACL', () => {
  const acl = aclSchema.parse(onlyResource(prod, 'AWS::WAFv2::WebACL').Properties);

  it('stands before the stage, everywhere but on one machine', async () => {
    const { ResourceArn } = onlyResource(prod, 'AWS::WAFv2::WebACLAssociation').Properties;
    expect(textOf(ResourceArn)).toMatch(/^arn:aws:apigateway:ap-northeast-1::\/restapis\/<\w+>\/stages\/<\w+>$/);
    expect(resourcesOf(await synthesized('local'), 'AWS::WAFv2::WebACL')).toEqual([]);
  });

  it('blocks an address over its limit with the answer that the gateway turns into an envelope', () => {
    expect(acl.Rules.find(({ Name }) => Name === 'RequestsPerAddress')).toMatchObject({
      Action: { Block: {} },
      Statement: {
        RateBasedStatement: {
          AggregateKeyType: 'IP',
          EvaluationWindowSec: 300,
          Limit: STAGES.prod.waf?.requestsPer5Minutes,
        },
      },
    });
  });

  it('has the managed rules', () => {
    const managed = acl.Rules.map(({ Name }) => Name).filter((name) => name.startsWith('AWSManagedRules'));
    expect(managed).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ]);
  });
});

describe('a custom domain', () => {
  const stage: Stage = {
    ...STAGES.staging,
    customDomain: {
      name: 'api.bitgin.example',
      certificateArn: 'arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
    },
  };
  const synthesis = synthesize(stage, ENDPOINTS.slice(0, 3));

  it('serves every route at the root and under /bitgin, and replaces the generated host', () => {
    expect(onlyResource(synthesis, 'AWS::ApiGateway::DomainName').Properties).toMatchObject({
      DomainName: 'api.bitgin.example',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    const mappings = resourcesOf(synthesis, 'AWS::ApiGateway::BasePathMapping');
    expect(mappings.map(({ Properties }) => Properties['BasePath'])).toEqual([undefined, 'bitgin']);
    const apis = resourcesOf(synthesis, 'AWS::ApiGateway::RestApi').map(({ Properties }) => [
      Properties['Name'],
      Properties['DisableExecuteApiEndpoint'],
    ]);
    // Its TLS, among the rest.
    expect(careProblems(synthesis)).toEqual([]);
    // The staff's gateway has no domain; its host is known to whom IAM lets in.
    expect(apis).toEqual([
      ['bitgin-staging-api', true],
      ['bitgin-staging-admin', false],
    ]);
  });

  it('is the address that the stack prints', () => {
    expect(synthesis.templates['Api']?.Outputs['ApiUrl']?.Value).toBe('https://api.bitgin.example/');
    expect(textOf(prod.templates['Api']?.Outputs['ApiUrl']?.Value)).toMatch(/^https:\/\/<\w+>\.execute-api\./);
    expect(synthesis.findings).toEqual([]);
  });
});
