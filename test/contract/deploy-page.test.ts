import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { COMMANDS } from '../../infra/admin/commands.ts';
import { stackName } from '../../infra/names.ts';
import { HELP } from '../../infra/smoke/options.ts';
import { STAGE_NAMES, STAGES } from '../../infra/stages.ts';
import { BUCKETS } from '../../shared/contracts/resources.ts';
import { STAFF_ENDPOINTS } from '../../shared/contracts/staff/registry.ts';
import { runbookChapters } from '../support/runbooks.ts';

const ROOT = join(import.meta.dirname, '../..');

const page = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

const matchesOf = (pattern: RegExp): readonly RegExpExecArray[] => [...page.matchAll(pattern)];

/** Commands of the CDK's own line that are known to be there; `synth-command.test.ts` runs one of them. */
const CDK = new Set(['bootstrap', 'synth', 'diff', 'deploy', 'destroy', 'rollback']);

const policy = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.object({
      Effect: z.literal('Allow'),
      Action: z.string(),
      Resource: z.array(z.string()).default([]),
      Condition: z.record(z.string(), z.record(z.string(), z.string())).default({}),
    }),
  ),
});

const policies = matchesOf(/```json\n([\s\S]*?)```/g).map(([, text = '']) => policy.parse(JSON.parse(text)));

describe('docs/deploy.md', () => {
  it('names npm scripts that exist', () => {
    const named = new Set(matchesOf(/npm run (?:-s )?([\w:]+)/g).map(([, name = '']) => name));
    expect([...named].toSorted()).toEqual(['admin', 'smoke']);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it('names staff commands that exist', () => {
    const lines = matchesOf(/npm run admin -- ([^`\n]+)/g).map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) {
      expect({ line, known: COMMANDS.some(({ name }) => `${line} `.startsWith(`${name} `)) }).toEqual({
        line,
        known: true,
      });
    }
  });

  it('names options of the smoke that exist', () => {
    const lines = matchesOf(/npm run smoke -- ([^`\n]+)/g).flatMap(([, line = '']) => line.match(/--\w+/g) ?? []);
    expect(lines.length).toBeGreaterThan(2);
    for (const option of [...lines, 'SMOKE_PASSWORD', 'SMOKE_TOTP_KEY']) expect(HELP).toContain(option);
  });

  it('names commands of the CDK, stages and stacks that exist', () => {
    const commands = matchesOf(/npx cdk (\w+)([^\n`]*)/g);
    expect(commands.length).toBeGreaterThan(8);
    for (const [whole, command = '', rest = ''] of commands) {
      expect({ whole, known: CDK.has(command) }).toEqual({ whole, known: true });
      const [, stage] = /-c stage=(\w+)/.exec(rest) ?? [];
      expect({ whole, stage: STAGE_NAMES.find((name) => name === stage) }).toEqual({ whole, stage });
    }
    const stacks = matchesOf(/`(bitgin-(dev|prod)-(\w+))`/g);
    expect(stacks.length).toBeGreaterThan(2);
    for (const [, name, stage = '', part = ''] of stacks) {
      expect(['api', 'admin', 'data']).toContain(part);
      expect(name).toBe(stackName({ name: stage === 'prod' ? 'prod' : 'dev' }, part));
    }
  });

  it('names buckets and alarms that exist', () => {
    const [, buckets = ''] = /for BUCKET in ([\w -]+);/.exec(page) ?? [];
    const purposes: readonly string[] = Object.values(BUCKETS).map(({ purpose }) => purpose);
    const named = [...buckets.split(' '), ...matchesOf(/`(audit-archive)`/g).map(([, name = '']) => name)];
    // The bucket that takes the logs of the others' readers is declared beside them.
    expect(new Set(named)).toEqual(new Set([...purposes, 'access-logs']));
    const alarms = matchesOf(/--alarm-name bitgin-(?:dev|staging|prod)-(\S+)/g).map(([, id]) => id);
    expect(alarms).toHaveLength(1);
    expect(runbookChapters().flatMap((chapter) => chapter.alarms)).toEqual(expect.arrayContaining(alarms));
  });

  it('names files that exist', () => {
    const paths = matchesOf(/`((?:\.github|infra|test|docs)\/[\w./-]+)`/g).map(([, path = '']) => path);
    const links = matchesOf(/\]\(((?!https?:|#)[^)#]+)/g).map(([, path = '']) => join('docs', path));
    expect(paths.length).toBeGreaterThan(4);
    for (const path of [...paths, ...links])
      expect({ path, is: existsSync(join(ROOT, path)) }).toEqual({ path, is: true });
    const workflows = matchesOf(/`([\w-]+\.yml)`/g).map(([, name = '']) => join('.github/workflows', name));
    for (const path of workflows) expect({ path, is: existsSync(join(ROOT, path)) }).toEqual({ path, is: true });
  });

  it('has the settings of the stages as they are', () => {
    const rows = matchesOf(/^\| `([\w.]+)` +\| `(\S+)` +\| `(\S+)` +\| `(\S+)` +\|/gm);
    expect(rows.length).toBeGreaterThan(6);
    const valueOf = (stage: object, path: string): unknown =>
      path
        .split('.')
        .reduce<unknown>((value, name) => Object.entries(value ?? {}).find(([key]) => key === name)?.[1], stage);
    for (const [, setting = '', ...values] of rows) {
      const real = [STAGES.dev, STAGES.staging, STAGES.prod].map((stage) => String(valueOf(stage, setting)));
      expect({ setting, values }).toEqual({ setting, values: real });
    }
    const [, others = ''] = /Further: ([^.]+)\./.exec(page) ?? [];
    const declared = readFileSync(join(ROOT, 'infra/stages.ts'), 'utf8');
    for (const [, name] of others.matchAll(/`(\w+)`/g)) expect(declared).toMatch(new RegExp(`readonly ${name}\\??:`));
  });

  it("has a staff policy whose every line is a route of the staff API, and a trust that fixes the session's name", () => {
    const [staff, trust] = policies;
    const resources = staff?.Statement.flatMap(({ Resource }) => Resource) ?? [];
    expect(resources.length).toBeGreaterThan(5);
    for (const { Action } of staff?.Statement ?? []) expect(Action).toBe('execute-api:Invoke');
    for (const resource of resources) {
      const [, method, path = ''] =
        /^arn:aws:execute-api:<region>:<account>:<api-id>\/api\/([A-Z]+)(\/admin\/v1\/.+)$/.exec(resource) ?? [];
      const asPath = new RegExp(`^${path.replaceAll('*', '[^/]+')}$`);
      const routes = STAFF_ENDPOINTS.filter((one) => one.method === method && asPath.test(one.path));
      expect({ resource, routes: routes.length }).toEqual({ resource, routes: 1 });
    }
    expect(trust?.Statement[0]?.Condition['StringEquals']).toEqual({ 'sts:RoleSessionName': '${aws:username}' });
    expect(trust?.Statement[0]?.Condition['Bool']).toEqual({ 'aws:MultiFactorAuthPresent': 'true' });
  });
});
