import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { freePort, listen } from '../../infra/local/ports.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { readApplication } from '../../infra/local/template/application.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';
import { withResources } from '../unit/infra/local/added-resources.ts';
import { ECHO, temporaryDirectory, writeFixtureAssembly } from '../unit/infra/local/fixture-assembly.ts';

const echoed = z.object({ event: z.looseObject({ requestContext: z.record(z.string(), z.unknown()) }) });

const staffApi = (Name: string) => ({
  StaffApi: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: {
      Name,
      Body: {
        openapi: '3.0.1',
        paths: {
          '/admin/v1/users/{username}': {
            get: {
              'x-amazon-apigateway-integration': {
                type: 'aws_proxy',
                httpMethod: 'POST',
                uri: {
                  'Fn::Sub':
                    'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:fixture-staff/invocations',
                },
              },
            },
          },
        },
        'x-amazon-apigateway-gateway-responses': {
          DEFAULT_4XX: {
            responseTemplates: { 'application/json': '{"code":-403,"msg":$context.error.messageString}' },
          },
        },
      },
    },
  },
  StaffStage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: 'StaffApi' }, StageName: 'admin' },
  },
});

const fixture = (): string => writeFixtureAssembly({ staff: ECHO, fallback: ECHO });

const assembly = withResources(fixture(), 'api', staffApi('fixture-admin'));

const PATH = '/admin/v1/users/someone';

let stack: TestStack;
let adminUrl: string;

beforeAll(async () => {
  stack = await startTestStack({ assembly });
  adminUrl = stack.stack.adminUrl ?? '';
});
afterAll(() => stack.stop());

describe('the staff API', () => {
  it('has a port of its own, where IAM’s caller is who the header names', async () => {
    expect(new URL(adminUrl).port).not.toBe(new URL(stack.url).port);
    const response = await fetch(`${adminUrl}${PATH}`, { headers: { 'X-Local-Principal': 'jo.lin@example.com' } });
    expect(response.status).toBe(200);
    const { event } = echoed.parse(await response.json());
    expect(event).toMatchObject({ path: PATH, pathParameters: { username: 'someone' } });
    expect(event.requestContext).toMatchObject({
      stage: 'admin',
      identity: {
        userArn: 'arn:aws:iam::000000000000:user/jo.lin@example.com',
        accountId: '000000000000',
        caller: expect.stringMatching(/^AIDA[0-9A-F]{17}$/),
        user: expect.stringMatching(/^AIDA/),
        accessKey: expect.stringMatching(/^ASIA/),
        sourceIp: '127.0.0.1',
      },
    });
    expect(JSON.stringify(event['headers']).toLowerCase()).not.toContain('x-local-principal');
  });

  it.each([
    ['without the header', {}],
    ['with an empty name', { 'x-local-principal': '' }],
    ['with what IAM takes as no name', { 'x-local-principal': 'a:b/c' }],
  ])('answers 403 as its gateway response %s', async (_name, headers) => {
    const response = await fetch(`${adminUrl}${PATH}`, { headers: new Headers(Object.entries(headers)) });
    expect(response.status).toBe(403);
    await expect(response.json()).resolves.toStrictEqual({ code: -403, msg: 'Missing Authentication Token' });
  });

  it('has no more routes than its own, and is not part of the public API', async () => {
    const headers = { 'x-local-principal': 'jo' };
    expect((await fetch(`${adminUrl}/echo`, { headers })).status).toBe(403);
    expect((await fetch(`${adminUrl}/_local/outbox`, { headers })).status).toBe(403);
    const inPublic = echoed.parse((await stack.call('GET', PATH, { headers })).body);
    expect(inPublic.event).toMatchObject({ resource: '/{proxy+}' });
    expect(inPublic.event.requestContext).toMatchObject({ identity: { userArn: null, caller: null } });
  });

  it('is told by its name; another second API is refused', () => {
    const { api, staffApi: staff } = readApplication(assembly);
    expect([api.stage, staff?.stage]).toStrictEqual(['api', 'admin']);
    expect(() => readApplication(withResources(fixture(), 'api', staffApi('other')))).toThrow(
      'REST APIs fixture-api, other',
    );
  });

  it('listens nowhere when the template has none', async () => {
    const adminPort = await freePort();
    const options = { dataDirectory: temporaryDirectory(), fresh: false, port: 0, adminPort, log: () => {} };
    const plain = await startLocalStack({ ...options, assembly: () => Promise.resolve(fixture()) });
    expect(plain.adminUrl).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${adminPort}/`)).rejects.toThrow('fetch failed');
    await plain.stop();
  });

  it('says which port is taken, and leaves nothing running', async () => {
    const server = createServer();
    const adminPort = await listen(server, 0, 'PORT');
    const dataDirectory = temporaryDirectory();
    const options = { dataDirectory, fresh: false, port: 0, log: () => {} };
    const start = (extra: object) =>
      startLocalStack({ ...options, ...extra, assembly: () => Promise.resolve(assembly) });
    await expect(start({ adminPort })).rejects.toThrow(`ADMIN_PORT=${adminPort + 10} npm start`);
    // The data folder is free again.
    await (await start({})).stop();
    server.close();
  });
});
