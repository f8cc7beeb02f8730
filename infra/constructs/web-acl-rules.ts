import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import type { WafLimits } from '../stages.ts';

type Rule = CfnWebACL.RuleProperty;
type Statement = CfnWebACL.StatementProperty;

/** The endpoints that rules are about. */
export type GuardedEndpoint = Pick<EndpointSpec, 'id' | 'path' | 'bodyType'>;

const WINDOW_SECONDS = 300;

interface ManagedGroup {
  readonly name: string;
  /** Rules that only count, and why: `rule: reason`. */
  readonly counted: Readonly<Record<string, string>>;
}

/**
 * Rules of the common set that would refuse photos, by the label that a request which meets one carries. They count in
 * the set, and rules of our own behind it block by the label, everywhere but on the upload routes ("Core rule set (CRS)
 * managed rule group", AWS WAF developer guide: the label ends in `_Body` where the rule ends in `_BODY`).
 */
const EXCEPTED_FOR_UPLOADS = {
  SizeRestrictions_BODY: {
    label: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body',
    why: 'it blocks bodies over 8 KB, and photos are larger',
  },
  CrossSiteScripting_BODY: {
    label: 'awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body',
    why: 'the XML metadata of photos looks like markup to it; photos are written anew without metadata',
  },
} as const;

/** AWS managed rule groups, the cheapest to refuse by first. */
const MANAGED_GROUPS: readonly ManagedGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', counted: {} },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', counted: {} },
  {
    name: 'AWSManagedRulesCommonRuleSet',
    counted: {
      SizeRestrictions_BODY: EXCEPTED_FOR_UPLOADS.SizeRestrictions_BODY.why,
      CrossSiteScripting_BODY: EXCEPTED_FOR_UPLOADS.CrossSiteScripting_BODY.why,
      NoUserAgent_HEADER: 'the API asks no User-Agent of programs that sign with an API key',
    },
  },
];

/** How WAF reads a path: as API Gateway will, so that no other spelling of it goes by. */
const AS_ROUTED = [
  { priority: 0, type: 'URL_DECODE' },
  { priority: 1, type: 'NORMALIZE_PATH' },
];

const AS_SENT = [{ priority: 0, type: 'NONE' }];

/** Ends with it: before the path stands nothing, `/bitgin` (a base path of the domain), or the stage of the generated host. */
const pathEndsWith = (path: string, textTransformations: typeof AS_SENT): Statement => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'ENDS_WITH',
    searchString: path,
    textTransformations,
  },
});

const oneOf = (statements: readonly Statement[]): Statement => {
  const [only, ...others] = statements;
  return only && others.length === 0 ? only : { orStatement: { statements: [...statements] } };
};

export const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});

/** A rule without its place among the others. */
type Unplaced = Omit<Rule, 'priority' | 'visibilityConfig'>;

const rateRule = (name: string, limit: number, scopeDownStatement?: Statement): Unplaced => ({
  name,
  action: { block: {} },
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      evaluationWindowSec: WINDOW_SECONDS,
      limit,
      ...(scopeDownStatement && { scopeDownStatement }),
    },
  },
});

const costlyRules = (limits: WafLimits, endpoints: readonly GuardedEndpoint[]): readonly Unplaced[] =>
  Object.entries(limits.costlyPer5Minutes).flatMap(([id, limit]) => {
    const endpoint = endpoints.find((one) => one.id === id);
    return endpoint
      ? [rateRule(`Requests-${id.replace('.', '-')}`, limit, pathEndsWith(endpoint.path, AS_ROUTED))]
      : [];
  });

const managedRule = ({ name, counted }: ManagedGroup): Unplaced => ({
  name,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: Object.keys(counted).map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
});

/** The upload routes, spelt exactly: any other spelling is met by the rule as everywhere else. */
const uploadStatements = (endpoints: readonly GuardedEndpoint[]): readonly Statement[] =>
  endpoints.filter(({ bodyType }) => bodyType === 'multipart').map(({ path }) => pathEndsWith(path, AS_SENT));

const exceptedRules = (endpoints: readonly GuardedEndpoint[]): readonly Unplaced[] => {
  const uploads = uploadStatements(endpoints);
  return Object.entries(EXCEPTED_FOR_UPLOADS).map(([rule, { label }]) => {
    const isLabelled: Statement = { labelMatchStatement: { scope: 'LABEL', key: label } };
    const isNoUpload: Statement = { notStatement: { statement: oneOf(uploads) } };
    return {
      name: `${rule}-ButUploads`,
      action: { block: {} },
      statement: uploads.length === 0 ? isLabelled : { andStatement: { statements: [isLabelled, isNoUpload] } },
    };
  });
};

/** Every rule in its order: what counts addresses, what AWS maintains, and what blocks by its labels. */
export const webAclRules = (limits: WafLimits, endpoints: readonly GuardedEndpoint[]): Rule[] =>
  [
    rateRule('RequestsPerAddress', limits.requestsPer5Minutes),
    ...costlyRules(limits, endpoints),
    ...MANAGED_GROUPS.map(managedRule),
    ...exceptedRules(endpoints),
  ].map((rule, priority) => Object.assign(rule, { priority, visibilityConfig: visibility(rule.name) }));
