import { App } from 'aws-cdk-lib';
import { JOBS } from '../shared/contracts/jobs.ts';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../shared/contracts/staff/registry.ts';
import { buildApplication } from './application.ts';
import { bundleOf } from './bundles.ts';
import { assetWithNative } from './native-packages.ts';
import { isAtOnce, stageOf } from './stages.ts';

if (import.meta.main) {
  const app = new App();
  const stage = stageOf(app.node.tryGetContext('stage'));
  buildApplication(app, {
    stage,
    endpoints: ENDPOINTS,
    fallbackId: FALLBACK_FUNCTION.id,
    staff: { endpoints: STAFF_ENDPOINTS, fallbackId: STAFF_FALLBACK_FUNCTION.id },
    jobs: JOBS,
    atOnce: isAtOnce(app.node.tryGetContext('deploy')),
    bundleOf: (functionId, native) => {
      const bundle = bundleOf(functionId);
      const isBeside = native.length > 0 && stage.nativePackages === 'asset';
      return isBeside ? assetWithNative(functionId, bundle, native) : bundle;
    },
  });
  app.synth();
}
