import { Stack } from 'aws-cdk-lib';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { SIGNATURE_HEADERS } from '../../shared/contracts/api-key-headers.ts';
import { logGroupArn } from '../grants.ts';
import { webAclLogGroupName } from '../names.ts';
import type { Stage, WafLimits } from '../stages.ts';
import { KeptLogGroup } from './kept-log-group.ts';
import { type GuardedEndpoint, visibility, webAclRules } from './web-acl-rules.ts';

export interface WebAclProps {
  readonly stage: Stage;
  readonly name: string;
  /** The gateway stage to stand in front of. */
  readonly resourceArn: string;
  readonly limits: WafLimits;
  readonly endpoints: readonly GuardedEndpoint[];
}

/** Headers that carry who somebody is, or prove it. */
const SECRET_HEADERS = ['authorization', 'cookie', 'token', 'idempotency-key', ...Object.values(SIGNATURE_HEADERS)];

/**
 * What WAF tells nobody, neither in logs nor among sampled requests: those headers, query strings (links of mails carry
 * codes there), and what a rule has found in a body. WAF logs no bodies otherwise.
 */
const PROTECTED: readonly CfnWebACL.FieldToProtectProperty[] = [
  { fieldType: 'SINGLE_HEADER', fieldKeys: [...SECRET_HEADERS] },
  { fieldType: 'QUERY_STRING' },
  { fieldType: 'BODY' },
];

/** Blocked and counted requests. What passes is in the gateway's access log, and would cost more here than all else. */
const LOGGED = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'];

/** A web ACL in front of the gateway. It blocks with WAF's own 403, which the gateway turns into an envelope. */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      name: props.name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: webAclRules(props.limits, props.endpoints),
      visibilityConfig: visibility(props.name),
      dataProtectionConfig: {
        dataProtections: PROTECTED.map((field) => ({ action: 'SUBSTITUTION', field })),
      },
    });
    new CfnWebACLAssociation(this, 'Association', { webAclArn: acl.attrArn, resourceArn: props.resourceArn });
    this.#log(acl, props.stage);
  }

  /** WAF enters itself in the group's policy when it begins to log. */
  #log(acl: CfnWebACL, stage: Stage): void {
    const logGroupName = webAclLogGroupName(stage);
    const group = new KeptLogGroup(this, 'Logs', stage, logGroupName);
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      // Without the `:*` that a log group's own ARN ends in.
      logDestinationConfigs: [logGroupArn(Stack.of(this), logGroupName)],
      redactedFields: [...SECRET_HEADERS.map((name) => ({ singleHeader: { Name: name } })), { queryString: {} }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: LOGGED.map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
    });
    logging.node.addDependency(group);
  }
}
