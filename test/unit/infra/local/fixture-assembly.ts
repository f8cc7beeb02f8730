import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own under the system's temporary one. */
export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'local-stack-'));

export interface FixtureFunction {
  /** CommonJS source of the bundle. */
  readonly source: string;
  readonly timeoutSeconds?: number;
  /** Logical id of its role, when it shall not have the one of all. */
  readonly role?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The functions of a fixture by name; each answers `ANY /<name>`, and `fallback` answers everything else. */
export type FixtureFunctions = Readonly<Record<string, FixtureFunction>>;

const REGION = 'ap-northeast-1';

const writeJson = (file: string, value: unknown): void => writeFileSync(file, JSON.stringify(value));

const integration = (name: string) => ({
  'x-amazon-apigateway-integration': {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: {
      'Fn::Join': [
        '',
        [
          'arn:aws:apigateway:',
          { Ref: 'AWS::Region' },
          ':lambda:path/2015-03-31/functions/',
          { 'Fn::ImportValue': `functions:${name}` },
          '/invocations',
        ],
      ],
    },
    timeoutInMillis: 3_000,
  },
});

const ENVELOPE =
  '{"code":-1,"time":$context.requestTimeEpoch,"type":$context.error.messageString,"id":"$context.requestId"}';

const gatewayResponse = (statusCode?: string) => ({
  ...(statusCode !== undefined && { statusCode }),
  responseParameters: {
    'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
    'gatewayresponse.header.Content-Type': "'application/json; charset=utf-8'",
  },
  responseTemplates: { 'application/json': ENVELOPE },
});

const dataTemplate = () => ({
  Resources: {
    Ephemeral: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        TableName: 'fixture-ephemeral',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
          { AttributeName: 'owner', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-owner',
            KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      },
    },
    Documents: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'fixture-documents' } },
  },
  Outputs: { Table: { Value: { Ref: 'Ephemeral' }, Export: { Name: 'data:table' } } },
});

/** One role for all of them: objects of the bucket and mails. */
const role = () => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'objects-and-mails',
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::fixture-documents/*' },
            { Effect: 'Allow', Action: 'ses:SendEmail', Resource: '*' },
          ],
        },
      },
    ],
  },
});

const functionsTemplate = (functions: FixtureFunctions) => ({
  Resources: {
    Role: role(),
    ...Object.fromEntries(
      Object.entries(functions).map(([name, { timeoutSeconds = 2, role: roleId = 'Role', variables }]) => [
        name,
        {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Role: { 'Fn::GetAtt': [roleId, 'Arn'] },
            FunctionName: `fixture-${name}`,
            Handler: 'index.handler',
            Runtime: 'nodejs24.x',
            Timeout: timeoutSeconds,
            MemorySize: 256,
            Environment: { Variables: { EPHEMERAL_TABLE: { 'Fn::ImportValue': 'data:table' }, ...variables } },
          },
          Metadata: { 'aws:asset:path': `asset.${name}` },
        },
      ]),
    ),
  },
  Outputs: Object.fromEntries(
    Object.keys(functions).map((name) => [
      `${name}Arn`,
      { Value: { 'Fn::GetAtt': [name, 'Arn'] }, Export: { Name: `functions:${name}` } },
    ]),
  ),
});

const apiTemplate = (functions: FixtureFunctions) => ({
  Resources: {
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Body: {
          openapi: '3.0.1',
          paths: {
            ...Object.fromEntries(
              Object.keys(functions).map((name) => [
                `/${name}`,
                { 'x-amazon-apigateway-any-method': integration(name) },
              ]),
            ),
            '/only-get': { get: integration('fallback') },
            '/{proxy+}': { 'x-amazon-apigateway-any-method': integration('fallback') },
          },
          'x-amazon-apigateway-binary-media-types': ['multipart/form-data'],
          'x-amazon-apigateway-gateway-responses': {
            DEFAULT_4XX: gatewayResponse(),
            DEFAULT_5XX: gatewayResponse(),
            INTEGRATION_TIMEOUT: gatewayResponse('408'),
          },
        },
      },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'api' },
    },
  },
});

/**
 * Writes a small cloud assembly: a table, a bucket, the given functions, and an API in front of them.
 *
 * @returns its folder.
 */
export const writeFixtureAssembly = (functions: FixtureFunctions): string => {
  const directory = temporaryDirectory();
  const templates = { data: dataTemplate(), functions: functionsTemplate(functions), api: apiTemplate(functions) };
  for (const [name, template] of Object.entries(templates)) writeJson(join(directory, `${name}.json`), template);
  for (const [name, { source }] of Object.entries(functions)) {
    mkdirSync(join(directory, `asset.${name}`));
    writeFileSync(join(directory, `asset.${name}`, 'index.js'), source);
  }
  const artifacts = Object.keys(templates).map((name) => {
    const properties = { templateFile: `${name}.json`, stackName: `fixture-${name}` };
    const environment = `aws://unknown-account/${REGION}`;
    return [`Fixture${name}`, { type: 'aws:cloudformation:stack', environment, properties }] as const;
  });
  writeJson(join(directory, 'manifest.json'), { version: '1', artifacts: Object.fromEntries(artifacts) });
  return directory;
};

/** A function that answers with the event it got. */
export const ECHO: FixtureFunction = {
  source: `exports.handler = async (event, context) => ({
    statusCode: 200,
    headers: { 'X-Function': context.functionName },
    body: JSON.stringify({ event, environment: process.env }),
  });`,
};
