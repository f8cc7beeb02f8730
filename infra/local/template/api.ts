import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Stack } from './assembly.ts';
import { resourcesOf } from './resources.ts';

/** What API Gateway does for one method of one path: call a function. */
export interface Integration {
  readonly functionName: string;
  /** The alias that it is called by, or the version; the latest code without one. */
  readonly qualifier?: string;
  readonly timeoutMs: number;
}

/** A path of the API with an integration by method; `ANY` stands for every method without one of its own. */
export interface ApiPath {
  /** Six characters, as API Gateway would give the resource. */
  readonly id: string;
  /** As declared, such as `/{proxy+}`. */
  readonly path: string;
  readonly methods: ReadonlyMap<string, Integration>;
}

/** A gateway response as the OpenAPI body customizes it. */
export interface GatewayResponse {
  readonly statusCode: number | undefined;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

export type StageVariables = Readonly<Record<string, string>>;

/** A REST API as its template declares it. */
export interface Api {
  readonly id: string;
  /** What operators call it. */
  readonly name: string;
  readonly stackName: string;
  readonly stage: string;
  /** Those of the stage, which every event tells. */
  readonly stageVariables: StageVariables;
  readonly paths: readonly ApiPath[];
  /** By type, such as DEFAULT_4XX. */
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
  readonly binaryMediaTypes: readonly string[];
}

const ANY_METHOD = 'x-amazon-apigateway-any-method';
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/** API Gateway's own limit when the body names none, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 29_000;

const operation = z.object({
  'x-amazon-apigateway-integration': z.object({
    type: z
      .string()
      .transform((type) => type.toLowerCase())
      .pipe(z.literal('aws_proxy')),
    uri: z.string(),
    timeoutInMillis: z.number().default(DEFAULT_TIMEOUT_MS),
  }),
});

const gatewayResponse = z
  .object({
    statusCode: z.coerce.number().optional(),
    responseParameters: z.record(z.string(), z.string()).default({}),
    responseTemplates: z.record(z.string(), z.string()).default({}),
  })
  .transform(({ statusCode, ...rest }): GatewayResponse => ({ ...rest, statusCode }));

const body = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  'x-amazon-apigateway-gateway-responses': z.record(z.string(), gatewayResponse).default({}),
  'x-amazon-apigateway-binary-media-types': z.array(z.string()).default([]),
});

const properties = z.object({
  Name: z.string().optional(),
  Body: body,
  BinaryMediaTypes: z.array(z.string()).default([]),
});
const stageProperties = z.object({
  RestApiId: z.string(),
  StageName: z.string(),
  Variables: z.record(z.string(), z.string()).default({}),
});

/** The function in `arn:…:lambda:path/2015-03-31/functions/<function's ARN>/invocations`. */
const functionOf = (uri: string): Pick<Integration, 'functionName' | 'qualifier'> => {
  const [, name, qualifier] = /\/functions\/arn:[^/]+:function:([^/:]+)(?::([^/]+))?\/invocations$/.exec(uri) ?? [];
  if (name === undefined) throw new Error(`The local gateway does not understand the integration URI "${uri}".`);
  return { functionName: name, ...(qualifier !== undefined && { qualifier }) };
};

const integrationOf = (where: string, value: unknown): Integration => {
  const parsed = operation.safeParse(value);
  if (!parsed.success)
    throw new Error(`${where} has no integration that the local gateway knows (aws_proxy): ${parsed.error.message}`);
  const { uri, timeoutInMillis } = parsed.data['x-amazon-apigateway-integration'];
  return { ...functionOf(uri), timeoutMs: timeoutInMillis };
};

const pathOf = (path: string, item: Readonly<Record<string, unknown>>): ApiPath => {
  const methods = Object.entries(item).flatMap(([key, value]) => {
    if (key === ANY_METHOD) return [['ANY', integrationOf(`ANY ${path}`, value)] as const];
    if (!METHODS.has(key)) return [];
    const method = key.toUpperCase();
    return [[method, integrationOf(`${method} ${path}`, value)] as const];
  });
  const id = createHash('sha256').update(path).digest('hex').slice(0, 6);
  return { id, path, methods: new Map(methods) };
};

const stageOf = (stacks: readonly Stack[], apiId: string): Pick<Api, 'stage' | 'stageVariables'> => {
  const stages = resourcesOf(stacks, ['AWS::ApiGateway::Stage']).map((stage) =>
    stageProperties.parse(stage.properties),
  );
  const stage = stages.find(({ RestApiId }) => RestApiId === apiId);
  if (stage === undefined) throw new Error(`The API ${apiId} has no stage, so nothing would be deployed.`);
  return { stage: stage.StageName, stageVariables: stage.Variables };
};

/** Whether an API is the staff's: its name, or that of its stack, ends so. */
export const isStaffApi = ({ name, stackName }: Pick<Api, 'name' | 'stackName'>): boolean =>
  name.endsWith('-admin') || stackName.endsWith('-admin');

/** The REST APIs of all stacks. */
export const apisOf = (stacks: readonly Stack[]): readonly Api[] =>
  resourcesOf(stacks, ['AWS::ApiGateway::RestApi']).map(({ name, stack, properties: given }) => {
    const { Name = stack.name, Body, BinaryMediaTypes } = properties.parse(given);
    const { stage, stageVariables } = stageOf(stacks, name);
    return {
      id: name,
      name: Name,
      stackName: stack.name,
      stage,
      stageVariables,
      paths: Object.entries(Body.paths).map(([path, item]) => pathOf(path, item)),
      gatewayResponses: new Map(Object.entries(Body['x-amazon-apigateway-gateway-responses'])),
      binaryMediaTypes: [...Body['x-amazon-apigateway-binary-media-types'], ...BinaryMediaTypes],
    };
  });
