import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export interface WebAclProps {
  readonly name: string;
  /** The gateway stage to stand in front of. */
  readonly resourceArn: string;
  /** Requests that one source address may send in the window; WAF takes 10 or more. */
  readonly requestsPer5Minutes: number;
}

interface ManagedGroup {
  readonly name: string;
  /** Rules that only count, and why: `rule: reason`. */
  readonly counted: Readonly<Record<string, string>>;
}

const WINDOW_SECONDS = 300;

/** AWS managed rule groups, the cheapest to refuse by first. */
const MANAGED_GROUPS: readonly ManagedGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', counted: {} },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', counted: {} },
  {
    name: 'AWSManagedRulesCommonRuleSet',
    counted: {
      SizeRestrictions_BODY: 'it blocks bodies over 8 KB, and documents are uploaded',
      CrossSiteScripting_BODY:
        'the XML metadata of photos looks like markup to it; answers are JSON, nothing renders input',
      NoUserAgent_HEADER: 'the API asks no User-Agent of programs that sign with an API key',
    },
  },
];

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});

const rateRule = (limit: number): CfnWebACL.RuleProperty => ({
  name: 'RequestsPerAddress',
  priority: 0,
  action: { block: {} },
  statement: { rateBasedStatement: { aggregateKeyType: 'IP', evaluationWindowSec: WINDOW_SECONDS, limit } },
  visibilityConfig: visibility('RequestsPerAddress'),
});

const managedRule = ({ name, counted }: ManagedGroup, index: number): CfnWebACL.RuleProperty => ({
  name,
  priority: index + 1,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: Object.keys(counted).map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: visibility(name),
});

/** A web ACL in front of the gateway. It blocks with WAF's own 403, which the gateway turns into an envelope. */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      name: props.name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: [rateRule(props.requestsPer5Minutes), ...MANAGED_GROUPS.map(managedRule)],
      visibilityConfig: visibility(props.name),
    });
    new CfnWebACLAssociation(this, 'Association', { webAclArn: acl.attrArn, resourceArn: props.resourceArn });
  }
}
