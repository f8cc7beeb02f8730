import { Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiDefinition,
  CfnRestApi,
  EndpointAccessMode,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SecurityPolicy,
  SpecRestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { GatewayDocument } from '../../shared/contracts/openapi/gateway.ts';
import { accept, type Exception, GATEWAY_LOG_ROLE, VALIDATION_IN_FUNCTIONS } from '../exceptions.ts';
import type { Stage } from '../stages.ts';
import { KeptLogGroup } from './kept-log-group.ts';

export interface GatewayProps {
  readonly stage: Stage;
  /** Of the API and its log groups. */
  readonly name: string;
  readonly document: GatewayDocument;
  /** Whether a custom domain stands before it. */
  readonly hasDomain: boolean;
  readonly throttle: Stage['throttle'];
  /** Told to functions with each request; an operator can change them without a deployment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What its access log tells beside what every one does: `$context` variables. */
  readonly alsoLogged?: Readonly<Record<string, string>>;
  readonly exceptions: readonly Exception[];
  /** Whether it makes the role that the account's gateways log with: an account has one, so one stack makes it. */
  readonly makesLogRole: boolean;
}

/** The name of the one deployment stage; custom domains hide it. */
export const DEPLOYMENT_STAGE = 'api';

/**
 * TLS 1.2 and 1.3 with forward secrecy, for an API's own host and for its domain alike; a connection that was made for
 * another host is refused. Left to itself, API Gateway takes TLS 1.0 at the host that it makes ("Supported security
 * policies", API Gateway developer guide).
 */
export const TLS = {
  securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
  endpointAccessMode: EndpointAccessMode.STRICT,
} as const;

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
  readonly #props: GatewayProps;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    this.#props = props;
    this.api = new SpecRestApi(this, 'Api', {
      restApiName: props.name,
      apiDefinition: ApiDefinition.fromInline(props.document),
      endpointTypes: [EndpointType.REGIONAL],
      // With a domain of its own, the generated host would only be a second name that cookies do not know.
      disableExecuteApiEndpoint: props.hasDomain,
      cloudWatchRole: props.makesLogRole,
      deployOptions: this.#deployOptions(),
    });
    // The construct of the CDK has no property for it.
    const resource = this.api.node.defaultChild;
    if (resource instanceof CfnRestApi) Object.assign(resource, TLS);
    this.#executionLogs();
    accept(this.api, VALIDATION_IN_FUNCTIONS, ...props.exceptions);
    if (props.makesLogRole) accept(this.api, GATEWAY_LOG_ROLE);
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
    const { stage, name, throttle, variables, alsoLogged } = this.#props;
    return {
      stageName: DEPLOYMENT_STAGE,
      accessLogDestination: new LogGroupLogDestination(
        new KeptLogGroup(this, 'AccessLogs', stage, `/aws/apigateway/${name}`),
      ),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify({ ...ACCESS_LOG, ...alsoLogged })),
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      metricsEnabled: true,
      tracingEnabled: stage.observability.tracing,
      throttlingRateLimit: throttle.ratePerSecond,
      throttlingBurstLimit: throttle.burst,
      ...(variables && { variables }),
    };
  }

  /** API Gateway would make this group by itself at the first error, and keep it for ever. */
  #executionLogs(): void {
    const group = new KeptLogGroup(
      this,
      'ExecutionLogs',
      this.#props.stage,
      `API-Gateway-Execution-Logs_${this.api.restApiId}/${DEPLOYMENT_STAGE}`,
    );
    this.api.deploymentStage.node.addDependency(group);
  }
}
