import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { gatewayDocument } from '../../shared/contracts/openapi/gateway.ts';
import { Gateway } from '../constructs/gateway.ts';
import { integrationUri, permitRoutes } from '../constructs/routes.ts';
import { NO_WAF_FOR_STAFF } from '../exceptions.ts';
import { INTEGRATION_TIMEOUT_MILLIS } from '../limits.ts';
import { stackName } from '../names.ts';
import type { Stage } from '../stages.ts';

export interface StaffApiStackProps {
  readonly stage: Stage;
  readonly endpoints: readonly EndpointSpec[];
  readonly fallbackId: string;
}

/** Far above what people and their tools ask, and far below what would be felt by the public API. */
const THROTTLE = { ratePerSecond: 50, burst: 100 } as const;

/**
 * The staff's gateway. Every method asks for a signature (SigV4), and IAM decides who may call what; nothing here does.
 * The least that one who looks at users and locks accounts needs is a policy that allows `execute-api:Invoke` on
 * `arn:aws:execute-api:<region>:<account>:<api id>/api/GET/admin/v1/users/*` and on the same with `POST` in place of
 * `GET` and `/status` behind the star; better for a role that asks for a second factor than for a user.
 */
export class StaffApiStack extends Stack {
  constructor(scope: Construct, { stage, endpoints, fallbackId }: StaffApiStackProps) {
    const name = stackName(stage, 'admin');
    super(scope, 'StaffApi', {
      stackName: name,
      description: `Staff API, stage ${stage.name}`,
      env: { region: stage.region },
      terminationProtection: stage.protectData,
    });
    const gateway = new Gateway(this, 'Gateway', {
      stage,
      name,
      document: gatewayDocument({
        title: name,
        endpoints,
        integrationUri: (id) => integrationUri(this, stage, id),
        fallbackId,
        timeoutInMillis: INTEGRATION_TIMEOUT_MILLIS,
        audience: 'staff',
        secure: stage.cookieSecure,
      }),
      hasDomain: false,
      throttle: THROTTLE,
      alsoLogged: { principal: '$context.identity.userArn' },
      exceptions: [NO_WAF_FOR_STAFF],
      makesLogRole: false,
    });
    permitRoutes(gateway, stage, { endpoints, fallbackId });
    const url = gateway.api.deploymentStage.urlForPath();
    new CfnOutput(this, 'StaffApiUrl', { value: url, description: 'Where the staff API answers' });
  }
}
