import { Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiDefinition,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SpecRestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { GatewayDocument } from '../../shared/contracts/openapi/gateway.ts';
import { accept, GATEWAY_LOG_ROLE, NO_WAF_LOCALLY, VALIDATION_IN_FUNCTIONS } from '../exceptions.ts';
import { stackName } from '../names.ts';
import type { Stage } from '../stages.ts';
import { KeptLogGroup } from './kept-log-group.ts';

export interface GatewayProps {
  readonly stage: Stage;
  readonly document: GatewayDocument;
}

/** The name of the one deployment stage; custom domains hide it. */
const DEPLOYMENT_STAGE = 'api';

/** An allow-list: no header, no query string and no path as sent, for these carry tokens and codes. */
const ACCESS_LOG = {
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  traceId: '$context.xrayTraceId',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  status: '$context.status',
  latency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  responseLength: '$context.responseLength',
  errorType: '$context.error.responseType',
  waf: '$context.wafResponseCode',
} as const;

/** The regional REST API with its deployment, stage and logs. */
export class Gateway extends Construct {
  readonly api: SpecRestApi;
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, { stage, document }: GatewayProps) {
    super(scope, id);
    this.#stage = stage;
    this.api = new SpecRestApi(this, 'Api', {
      restApiName: stackName(stage, 'api'),
      apiDefinition: ApiDefinition.fromInline(document),
      endpointTypes: [EndpointType.REGIONAL],
      // With a domain of its own, the generated host would only be a second name that cookies do not know.
      disableExecuteApiEndpoint: stage.customDomain !== undefined,
      cloudWatchRole: true,
      deployOptions: this.#deployOptions(),
    });
    this.#executionLogs();
    accept(this.api, VALIDATION_IN_FUNCTIONS, GATEWAY_LOG_ROLE);
    if (stage.wafRequestsPer5Minutes === undefined) accept(this.api, NO_WAF_LOCALLY);
  }

  /** Source ARN of calls to one method and path of the stage; `*` stands for any. */
  sourceArn(method: string, path: string): string {
    return Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.api.restApiId,
      resourceName: `${DEPLOYMENT_STAGE}/${method}${path}`,
    });
  }

  #deployOptions(): StageOptions {
    return {
      stageName: DEPLOYMENT_STAGE,
      accessLogDestination: new LogGroupLogDestination(
        new KeptLogGroup(this, 'AccessLogs', this.#stage, `/aws/apigateway/${stackName(this.#stage, 'api')}`),
      ),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      metricsEnabled: true,
      tracingEnabled: true,
      throttlingRateLimit: this.#stage.throttle.ratePerSecond,
      throttlingBurstLimit: this.#stage.throttle.burst,
    };
  }

  /** API Gateway would make this group by itself at the first error, and keep it for ever. */
  #executionLogs(): void {
    const group = new KeptLogGroup(
      this,
      'ExecutionLogs',
      this.#stage,
      `API-Gateway-Execution-Logs_${this.api.restApiId}/${DEPLOYMENT_STAGE}`,
    );
    this.api.deploymentStage.node.addDependency(group);
  }
}
