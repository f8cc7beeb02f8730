import { ArnFormat, CfnOutput, Stack } from 'aws-cdk-lib';
import { BasePathMapping, DomainName, EndpointType, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { gatewayDocument } from '../../shared/contracts/openapi/gateway.ts';
import { Gateway } from '../constructs/gateway.ts';
import { WebAcl } from '../constructs/web-acl.ts';
import { INTEGRATION_TIMEOUT_MILLIS } from '../limits.ts';
import { functionName, pascalCase, stackName } from '../names.ts';
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
    this.#gateway = new Gateway(this, 'Gateway', {
      stage,
      document: gatewayDocument({
        title: stackName(stage, 'api'),
        endpoints,
        integrationUri: (id) => this.#integrationUri(id),
        fallbackId,
        timeoutInMillis: INTEGRATION_TIMEOUT_MILLIS,
      }),
    });
    for (const { id, method, path } of endpoints) this.#permit(id, method, path);
    this.#permit(fallbackId, '*', '/*');
    this.#protect();
    const url = this.#domain() ?? this.#gateway.api.deploymentStage.urlForPath();
    new CfnOutput(this, 'ApiUrl', { value: url, description: 'Where the public API answers' });
  }

  #functionArn(functionId: string): string {
    return this.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: functionName(this.#stage, functionId),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The form that API Gateway wants; 2015-03-31 is the version of Lambda's invoke API. */
  #integrationUri(functionId: string): string {
    const invoke = `2015-03-31/functions/${this.#functionArn(functionId)}/invocations`;
    return `arn:${this.partition}:apigateway:${this.region}:lambda:path/${invoke}`;
  }

  #permit(functionId: string, method: string, path: string): void {
    new CfnPermission(this, `Invoke${functionId.split('.').map(pascalCase).join('')}`, {
      action: 'lambda:InvokeFunction',
      functionName: functionName(this.#stage, functionId),
      principal: 'apigateway.amazonaws.com',
      sourceArn: this.#gateway.sourceArn(method, path.replaceAll(/\{[^}]+\}/g, '*')),
    });
  }

  #protect(): void {
    if (this.#stage.wafRequestsPer5Minutes === undefined) return;
    new WebAcl(this, 'WebAcl', {
      name: stackName(this.#stage, 'api'),
      resourceArn: this.#gateway.api.deploymentStage.stageArn,
      requestsPer5Minutes: this.#stage.wafRequestsPer5Minutes,
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
      securityPolicy: SecurityPolicy.TLS_1_2,
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
