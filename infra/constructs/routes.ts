import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { liveFunctionName, pascalCase } from '../names.ts';
import type { Stage } from '../stages.ts';
import type { Gateway } from './gateway.ts';

/** How a gateway calls a function, in the form that it wants; 2015-03-31 is the version of Lambda's invoke API. */
export const integrationUri = (stack: Stack, stage: Stage, functionId: string): string => {
  const functionArn = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: liveFunctionName(stage, functionId),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const invoke = `2015-03-31/functions/${functionArn}/invocations`;
  return `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/${invoke}`;
};

/** Lets a gateway call each function for its own route, and the fallback for every one. */
export const permitRoutes = (
  gateway: Gateway,
  stage: Stage,
  { endpoints, fallbackId }: { readonly endpoints: readonly EndpointSpec[]; readonly fallbackId: string },
): void => {
  const permit = (functionId: string, method: string, path: string, also = ''): void => {
    new CfnPermission(Stack.of(gateway), `Invoke${functionId.split('.').map(pascalCase).join('')}${also}`, {
      action: 'lambda:InvokeFunction',
      functionName: liveFunctionName(stage, functionId),
      principal: 'apigateway.amazonaws.com',
      sourceArn: gateway.sourceArn(method, path.replaceAll(/\{[^}]+\}/g, '*')),
    });
  };
  for (const { id, method, path, alsoAt } of endpoints) {
    permit(id, method, path);
    if (alsoAt) permit(id, method, alsoAt, 'Also');
  }
  permit(fallbackId, '*', '/*');
};
