import { RemovalPolicy } from 'aws-cdk-lib';
import type { Stage } from './stages.ts';

/**
 * What happens to a resource with data when its stack lets go of it. Protected stages keep it, except when the
 * very creation failed: it is empty then, and its name would block the next attempt.
 */
export const removalPolicyOf = (stage: Pick<Stage, 'protectData'>): RemovalPolicy =>
  stage.protectData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
