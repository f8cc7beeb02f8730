import { CfnOutput, Stack } from 'aws-cdk-lib';
import { BasePathMapping, DomainName, EndpointType } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { MAINTENANCE_VARIABLE } from '../../shared/contracts/maintenance.ts';
import { gatewayDocument } from '../../shared/contracts/openapi/gateway.ts';
import { Gateway, TLS } from '../constructs/gateway.ts';
import { integrationUri, permitRoutes } from '../constructs/routes.ts';
import { WebAcl } from '../constructs/web-acl.ts';
import { NO_WAF_LOCALLY } from '../exceptions.ts';
import { INTEGRATION_TIMEOUT_MILLIS } from '../limits.ts';
import { stackName } from '../names.ts';
import type { Stage } from '../stages.ts';

export interface ApiStackProps {
  readonly stage: Stage;
  readonly endpoints: readonly EndpointSpec[];
  readonly fallbackId: string;
}

/** The reference prints the prefix `/bitgin` in places, so every route answers under it too. */
const BASE_PATHS = [
  { id: 'RootPath', basePath: undefined },
  { id: 'BitginPath', basePath: 'bitgin' },
] as const;

/** The public gateway: routes, permissions, logs, web ACL, domain. Finds functions by their names. */
export class ApiStack extends Stack {
  readonly #stage: Stage;
  readonly #gateway: Gateway;

  constructor(scope: Construct, props: ApiStackProps) {
    const { stage, endpoints, fallbackId } = props;
    super(scope, 'Api', {
      stackName: stackName(stage, 'api'),
      description: `Public API, stage ${stage.name}`,
      env: { region: stage.region },
      terminationProtection: stage.protectData,
    });
    this.#stage = stage;
    const name = stackName(stage, 'api');
    this.#gateway = new Gateway(this, 'Gateway', {
      stage,
      name,
      document: gatewayDocument({
        title: name,
        endpoints,
        integrationUri: (id) => integrationUri(this, stage, id),
        fallbackId,
        timeoutInMillis: INTEGRATION_TIMEOUT_MILLIS,
        audience: 'public',
        secure: stage.cookieSecure,
      }),
      hasDomain: stage.customDomain !== undefined,
      throttle: stage.throttle,
      variables: { [MAINTENANCE_VARIABLE]: stage.maintenance },
      exceptions: stage.waf === undefined ? [NO_WAF_LOCALLY] : [],
      makesLogRole: true,
    });
    permitRoutes(this.#gateway, stage, { endpoints, fallbackId });
    this.#protect(endpoints);
    const url = this.#domain() ?? this.#gateway.api.deploymentStage.urlForPath();
    new CfnOutput(this, 'ApiUrl', { value: url, description: 'Where the public API answers' });
  }

  #protect(endpoints: readonly EndpointSpec[]): void {
    if (this.#stage.waf === undefined) return;
    new WebAcl(this, 'WebAcl', {
      stage: this.#stage,
      name: stackName(this.#stage, 'api'),
      resourceArn: this.#gateway.api.deploymentStage.stageArn,
      limits: this.#stage.waf,
      endpoints,
    });
  }

  /** Puts the stage's own domain in front. The DNS record that points to it is the operator's. */
  #domain(): string | undefined {
    const { customDomain } = this.#stage;
    if (!customDomain) return undefined;
    const domainName = new DomainName(this, 'Domain', {
      domainName: customDomain.name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', customDomain.certificateArn),
      endpointType: EndpointType.REGIONAL,
      ...TLS,
    });
    for (const { id, basePath } of BASE_PATHS) {
      new BasePathMapping(this, id, {
        domainName,
        restApi: this.#gateway.api,
        stage: this.#gateway.api.deploymentStage,
        ...(basePath && { basePath }),
      });
    }
    return `https://${customDomain.name}/`;
  }
}
