import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { buildApplication } from '../../infra/application.ts';
import { ROOT } from '../../infra/bundles.ts';
import { type Stage, type StageName, STAGES } from '../../infra/stages.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../../shared/contracts/staff/registry.ts';
import { type Synthesis, type Template, templateSchema } from './templates.ts';

const contextSchema = z.object({ context: z.record(z.string(), z.unknown()) });

const reportSchema = z.object({
  pluginReports: z.array(z.object({ violations: z.array(z.object({ ruleName: z.string() })).default([]) })),
});

/** A stand-in for a bundle, so that no test here depends on a build. */
const stubBundle = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => ({ statusCode: 200 });\n');
  return folder;
};

/** Synthesizes all stacks of a stage in this process, with the feature flags of cdk.json. */
export const synthesize = (
  stage: StageName | Stage,
  endpoints: readonly EndpointSpec[] = ENDPOINTS,
  change: (app: App) => void = () => {},
  { atOnce = false }: { readonly atOnce?: boolean } = {},
): Synthesis => {
  const { context } = contextSchema.parse(JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')));
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  // A stack trace for every construct is a third of the time here, and the tree of constructs a tenth.
  const app = new App({ outdir, context, analyticsReporting: false, stackTraces: false, treeMetadata: false });
  const bundle = stubBundle();
  buildApplication(app, {
    stage: typeof stage === 'string' ? STAGES[stage] : stage,
    endpoints,
    fallbackId: FALLBACK_FUNCTION.id,
    staff: { endpoints: STAFF_ENDPOINTS, fallbackId: STAFF_FALLBACK_FUNCTION.id },
    jobs: JOBS,
    bundleOf: () => bundle,
    atOnce,
  });
  change(app);
  const assembly = app.synth();
  const templates = assembly.stacks.map(({ id, template }): readonly [string, Template] => [
    id,
    templateSchema.parse(template),
  ]);
  const report = reportSchema.parse(JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')));
  for (const folder of [outdir, bundle]) rmSync(folder, { recursive: true });
  return {
    templates: Object.fromEntries(templates),
    findings: report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName)),
  };
};
