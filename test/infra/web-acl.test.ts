import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { STAGE_NAMES, STAGES } from '../../infra/stages.ts';
import { ALLOWED_HEADERS } from '../../shared/contracts/cors.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { textOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { onlyResource, resourcesOf } from './templates.ts';
import { capacityOf, isBlocked, type Rule, ruleSchema } from './web-acl-rules.ts';

const all: readonly EndpointSpec[] = ENDPOINTS;
const prod = await synthesized('prod');
const { Rules } = z.object({ Rules: z.array(ruleSchema) }).parse(onlyResource(prod, 'AWS::WAFv2::WebACL').Properties);

/** Where a path may stand: behind the domain, behind its base path, behind the generated host's stage. */
const spellings = (path: string): readonly string[] => [path, `/bitgin${path}`, `/api${path}`];

const SIZE = 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body';
const MARKUP = 'awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body';
const uploads = all.filter(({ bodyType }) => bodyType === 'multipart');
const others = all.filter(({ bodyType }) => bodyType !== 'multipart');

describe('the web ACL', () => {
  it('blocks large bodies and markup on every route but the uploads, which are let through under every prefix', () => {
    expect(uploads.map(({ id }) => id).toSorted()).toEqual(['kyc.apply-level-3', 'kyc.image']);
    for (const label of [SIZE, MARKUP]) {
      const blocked = (path: string): boolean => isBlocked(Rules, { path, labels: [label] });
      expect(uploads.flatMap(({ path }) => spellings(path)).filter(blocked)).toEqual([]);
      const passing = others.flatMap(({ path }) => spellings(path)).filter((path) => !blocked(path));
      expect(passing).toEqual([]);
      expect(blocked(`${uploads[0]?.path}/else`)).toBe(true);
    }
    expect(isBlocked(Rules, { path: '/v1/login', labels: [] })).toBe(false);
  });

  it('counts the two where they would block, before the rules that block by their labels', () => {
    const names = Rules.map(({ Name }) => Name);
    const common = Rules.find(({ Name }) => Name === 'AWSManagedRulesCommonRuleSet');
    const overrides = common?.Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? [];
    expect(overrides.map(({ Name }) => Name)).toEqual([
      'SizeRestrictions_BODY',
      'CrossSiteScripting_BODY',
      'NoUserAgent_HEADER',
    ]);
    expect(overrides.map(({ ActionToUse }) => ActionToUse)).toEqual([{ Count: {} }, { Count: {} }, { Count: {} }]);
    for (const rule of ['SizeRestrictions_BODY-ButUploads', 'CrossSiteScripting_BODY-ButUploads']) {
      expect(names.indexOf(rule)).toBeGreaterThan(names.indexOf('AWSManagedRulesCommonRuleSet'));
    }
    expect(Rules.map(({ Priority }) => Priority)).toEqual(Rules.map((_, index) => index));
  });

  it('counts each address on each costly route by a number of its own, tighter than code does over five minutes', () => {
    const costly = all.filter(({ rate }) => rate === 'address');
    const stated = STAGES.prod.waf?.costlyPer5Minutes ?? {};
    expect(Object.keys(stated).toSorted()).toEqual(costly.map(({ id }) => id).toSorted());
    for (const { id, path } of costly) {
      const rule = Rules.find(({ Name }) => Name === `Requests-${id.replace('.', '-')}`);
      expect(rule).toMatchObject({ Action: { Block: {} } });
      expect(rule?.Statement.RateBasedStatement).toMatchObject({
        AggregateKeyType: 'IP',
        EvaluationWindowSec: 300,
        Limit: stated[id],
        ScopeDownStatement: { ByteMatchStatement: { SearchString: path, PositionalConstraint: 'ENDS_WITH' } },
      });
      expect(stated[id]).toBeLessThan(5 * STAGES.prod.rateLimits.perAddress);
      expect(stated[id]).toBeGreaterThanOrEqual(10);
    }
  });

  it('has no more rules that count than WAF allows one web ACL', () => {
    const counting = Rules.filter(({ Statement }) => Statement.RateBasedStatement !== undefined);
    expect(counting.length).toBeGreaterThan(1);
    // "AWS WAF quotas", AWS WAF developer guide: fixed, whatever one asks for.
    expect(counting.length).toBeLessThanOrEqual(10);
  });

  it('stays under the 1,500 units that the basic price covers', () => {
    const capacity = capacityOf(Rules);
    expect(capacity).toBeGreaterThan(925);
    expect(capacity).toBeLessThan(1_500);
  });
});

const loggingSchema = z.object({
  ResourceArn: z.unknown(),
  LogDestinationConfigs: z.tuple([z.unknown()]),
  RedactedFields: z.array(
    z.union([
      z.strictObject({ SingleHeader: z.object({ Name: z.string() }) }),
      z.strictObject({ QueryString: z.object({}) }),
    ]),
  ),
  LoggingFilter: z.object({ DefaultBehavior: z.literal('DROP'), Filters: z.array(z.unknown()) }),
});

describe('the log of the web ACL', () => {
  const logging = loggingSchema.parse(onlyResource(prod, 'AWS::WAFv2::LoggingConfiguration').Properties);
  /** What a caller may send that tells nobody who it is. */
  const plain = new Set(['content-type', 'accept-language']);
  const secret = [...ALLOWED_HEADERS.filter((name) => !plain.has(name)), 'authorization', 'cookie'].toSorted();

  it('goes to a group that WAF accepts and that forgets', () => {
    const name = 'aws-waf-logs-bitgin-prod-api';
    expect(textOf(logging.LogDestinationConfigs[0])).toMatch(new RegExp(`:log-group:${name}$`));
    const groups = resourcesOf(prod, 'AWS::Logs::LogGroup').filter(
      ({ Properties }) => Properties['LogGroupName'] === name,
    );
    expect(groups.map(({ Properties }) => Properties['RetentionInDays'])).toEqual([STAGES.prod.logRetentionDays]);
  });

  it('holds only what was blocked or counted, without credentials and codes', () => {
    const headers = logging.RedactedFields.flatMap((field) =>
      'SingleHeader' in field ? [field.SingleHeader.Name] : [],
    );
    expect(headers.toSorted()).toEqual(secret);
    expect(logging.RedactedFields).toContainEqual({ QueryString: {} });
    expect(JSON.stringify(logging.LoggingFilter.Filters)).not.toContain('ALLOW');
  });

  it('nor does WAF show these, or what it found in a body, anywhere else', () => {
    const { DataProtectionConfig } = onlyResource(prod, 'AWS::WAFv2::WebACL').Properties;
    const protections = z
      .object({
        DataProtections: z.array(
          z.object({
            Action: z.literal('SUBSTITUTION'),
            Field: z.object({ FieldType: z.string(), FieldKeys: z.array(z.string()).default([]) }),
          }),
        ),
      })
      .parse(DataProtectionConfig).DataProtections;
    const fields = new Map(protections.map(({ Field }) => [Field.FieldType, Field.FieldKeys.toSorted()]));
    expect(fields).toEqual(
      new Map([
        ['SINGLE_HEADER', secret],
        ['QUERY_STRING', []],
        ['BODY', []],
      ]),
    );
  });
});

describe('the check of blocked routes', () => {
  it('sees it when uploads are no exception, and when everything is', () => {
    const blocks = (label: string, Statement: unknown): Rule =>
      ruleSchema.parse({ Name: label, Priority: 0, Action: { Block: {} }, Statement });
    const always = blocks('always', { LabelMatchStatement: { Scope: 'LABEL', Key: SIZE } });
    expect(isBlocked([always], { path: '/v1/kyc/image', labels: [SIZE] })).toBe(true);
    expect(isBlocked([], { path: '/v1/login', labels: [SIZE] })).toBe(false);
  });
});

describe.each(STAGE_NAMES)('in %s', (stage) => {
  it('there is one where the stage has numbers for it', async () => {
    const acls = resourcesOf(await synthesized(stage), 'AWS::WAFv2::WebACL');
    expect(acls).toHaveLength(STAGES[stage].waf ? 1 : 0);
  });
});
