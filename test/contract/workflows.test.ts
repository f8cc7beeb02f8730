import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { STAGES } from '../../infra/stages.ts';
import { smokeParameter } from '../../infra/names.ts';
import { domainOf, ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';

const FOLDER = join(import.meta.dirname, '../../.github/workflows');

/** Five of the canary (docs/decisions/0009-new-code-comes-by-an-alias.md), and some of CloudFormation. */
const MINUTES_A_DOMAIN = 7;

/** Of the pipeline's role, which `test/infra/pipeline.test.ts` pins. */
const CREDENTIAL_MINUTES = 60;

const permissions = z.record(z.string(), z.string());

const step = z.looseObject({ uses: z.string().optional(), run: z.string().optional() });

const job = z.looseObject({
  needs: z.string().optional(),
  uses: z.string().optional(),
  environment: z.string().optional(),
  permissions,
  'timeout-minutes': z.number().optional(),
  with: z.record(z.string(), z.string()).default({}),
  concurrency: z.looseObject({ group: z.string(), 'cancel-in-progress': z.unknown() }).optional(),
  steps: z.array(step).default([]),
});

const workflow = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions,
  jobs: z.record(z.string(), job),
});

const files = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

const workflows = new Map(files.map(({ name, text }) => [name, workflow.parse(parse(text))]));

const jobsOf = (name: string) => workflows.get(name)?.jobs ?? {};

const jobs = [...workflows].flatMap(([file, { jobs: all }]) =>
  Object.entries(all).map(([name, one]) => Object.assign({ name: `${file} ${name}` }, one)),
);

const steps = jobs.flatMap(({ steps: all }) => all);

describe('the workflows', () => {
  it('are those that there have to be', () => {
    expect([...workflows.keys()].toSorted()).toEqual(['check.yml', 'deploy-stage.yml', 'deploy.yml', 'diff.yml']);
  });

  it('know no stored key: GitHub signs a token, and nothing else is given to anybody', () => {
    for (const { text } of files) {
      expect(text).not.toMatch(/\bsecrets\b|aws-access-key-id|AWS_SECRET_ACCESS_KEY|AKIA/);
    }
    const federated = jobs.filter(({ permissions: given }) => given['id-token'] === 'write');
    const signedIn = jobs.filter((one) => one.steps.some(({ uses = '' }) => uses.startsWith('aws-actions/')));
    expect(signedIn.map(({ name }) => name)).toEqual(['deploy-stage.yml deploy', 'diff.yml diff']);
    for (const { environment } of signedIn) expect(environment).toBeDefined();
    expect(federated.map(({ name }) => name)).toEqual(expect.arrayContaining(signedIn.map(({ name }) => name)));
  });

  it('may read the code, and sign in where they do; nothing else', () => {
    for (const { permissions: ofAll } of workflows.values()) expect(ofAll).toEqual({});
    for (const { name, permissions: given } of jobs) {
      const needsToken = name !== 'check.yml check' && name !== 'deploy.yml check';
      expect({ name, given }).toEqual({
        name,
        given: { contents: 'read', ...(needsToken && { 'id-token': 'write' }) },
      });
    }
  });

  it('run actions of others at one commit each, that nobody can move', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(used.length).toBeGreaterThan(5);
    for (const uses of used) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    for (const { text } of files) {
      for (const line of text.match(/uses: .+@.+/g) ?? []) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('put nothing of a request or a branch into a script, where it would be run', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  it('end by themselves', () => {
    for (const { name, uses, 'timeout-minutes': minutes } of jobs) {
      expect({ name, ends: uses !== undefined || minutes !== undefined }).toEqual({ name, ends: true });
    }
  });
});

describe('the way to prod', () => {
  it('is check, dev, staging, prod, each after the one before', () => {
    const { check, dev, staging, prod } = jobsOf('deploy.yml');
    expect(check?.uses).toBe('./.github/workflows/check.yml');
    expect([dev, staging, prod].map((one) => [one?.needs, one?.uses, one?.with['stage']])).toEqual([
      ['check', './.github/workflows/deploy-stage.yml', 'dev'],
      ['dev', './.github/workflows/deploy-stage.yml', 'staging'],
      ['staging', './.github/workflows/deploy-stage.yml', 'prod'],
    ]);
    expect(workflows.get('deploy.yml')?.on).toEqual({ push: { branches: ['main'] }, workflow_dispatch: null });
  });

  it('ends a stage with its smoke, which comes last and fails the job', () => {
    const all = jobsOf('deploy-stage.yml')['deploy']?.steps ?? [];
    const scripts = all.map(({ run = '' }) => run);
    const deployed = scripts.findIndex((run) => run.includes('npx cdk deploy --all'));
    expect(deployed).toBeGreaterThan(0);
    expect(scripts.findIndex((run) => run.includes('npm run smoke --'))).toBe(all.length - 1);
    expect(all.length - 1).toBeGreaterThan(deployed);
    expect(JSON.stringify(all)).not.toContain('continue-on-error');
    expect(scripts.at(-1)).toContain(smokeParameter(STAGES.dev).replace('dev', '$STAGE'));
  });

  it('deploys several stacks at once, so that canaries of all domains end before its credentials do', () => {
    const scripts = (jobsOf('deploy-stage.yml')['deploy']?.steps ?? []).map(({ run = '' }) => run);
    const [, atOnce] = /npx cdk deploy --all .*--concurrency (\d+)/.exec(scripts.join('\n')) ?? [];
    const domains = new Set([...ENDPOINTS, FALLBACK_FUNCTION].map(({ id }) => domainOf(id)));
    const minutes = Math.ceil(domains.size / Number(atOnce ?? 1)) * MINUTES_A_DOMAIN;
    expect(minutes).toBeLessThan(CREDENTIAL_MINUTES / 2);
    // It could not ask anybody with several at once; who approves has seen the diff.
    expect(scripts.join('\n')).toContain('--require-approval never');
  });

  it('deploys one thing at a time to a stage, with the approval of its environment', () => {
    const { deploy } = jobsOf('deploy-stage.yml');
    expect(deploy?.environment).toBe('${{ inputs.stage }}');
    expect(deploy?.concurrency).toEqual({ group: 'deploy-${{ inputs.stage }}', 'cancel-in-progress': false });
  });
});
