import { describe, expect, it } from '@jest/globals';
import { functionName } from '../../infra/names.ts';
import { STAGE_CATALOGUE } from '../../infra/stage-catalogue.ts';
import { stagesPage } from '../../infra/docs/stages.ts';
import { CODE_RULES } from '../../shared/identity/one-time-code.ts';
import { frontendUrl } from '../../shared/contracts/settings/frontend-url.ts';
import { STAGE_NAMES, stageOf, STAGES } from '../../infra/stages.ts';

describe('the stage', () => {
  it.each(STAGE_NAMES)('%s is found by its name', (name) => {
    expect(stageOf(name).name).toBe(name);
  });

  it('that is unknown is refused, saying what was given and what is allowed', () => {
    expect(() => stageOf('production')).toThrow(
      'Unknown stage "production". Say which one: -c stage=local|test|dev|staging|prod',
    );
  });

  it('that is missing is refused, saying what is allowed', () => {
    expect(() => stageOf(undefined)).toThrow('No stage was given. Say which one: -c stage=local|test|dev|staging|prod');
  });

  it.each(['', 'constructor', 3, null])('%p is no stage', (given) => {
    expect(() => stageOf(given)).toThrow('Say which one');
  });

  it.each(Object.values(STAGES))('$name names its region, and is careful unless it stays on one machine', (stage) => {
    expect(stage.region).toMatch(/^[a-z]{2}-[a-z]+-\d$/);
    const deployed = !['local', 'test'].includes(stage.name);
    expect(stage.cookieSecure).toBe(deployed);
    expect(stage.waf !== undefined).toBe(deployed);
    expect(stage.rateLimits.perAddress <= 60).toBe(deployed);
    expect(stage.textLimits.perNumber <= CODE_RULES.perDay / 2).toBe(deployed);
    expect(stage.textLimits.inTotal <= 5_000).toBe(deployed);
    expect(stage.allowedOrigins).toContain(new URL(frontendUrl.schema.parse(stage.frontendUrl)).origin);
  });

  it('staging and prod protect data', () => {
    expect(Object.values(STAGES).filter(({ protectData }) => protectData)).toEqual([STAGES.staging, STAGES.prod]);
  });
});

describe('the page of the stages', () => {
  it('has every value of every stage, and each setting in one sentence', () => {
    const page = stagesPage();
    const leaves = (value: unknown): readonly string[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
    const missing = Object.values(STAGES)
      .flatMap(leaves)
      .filter((value) => !page.includes(`\`${value}\``));
    expect(missing.filter((value) => !STAGE_NAMES.some((name) => name === value))).toEqual([]);
    for (const sentence of Object.values(STAGE_CATALOGUE)) expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
  });
});

describe.each(Object.values(STAGES).filter(({ cookieSecure }) => cookieSecure))('$name', (stage) => {
  it('is one site with its front-end, so that cookies come along', () => {
    const siteOf = (url: string): string => new URL(url).hostname.split('.').slice(-2).join('.');
    expect(siteOf(stage.frontendUrl)).toBe(siteOf(stage.publicUrl));
    expect(new URL(stage.publicUrl).protocol).toBe('https:');
    const { hostname } = new URL(stage.publicUrl);
    expect(stage.customDomain?.name ?? hostname).toBe(hostname);
  });
});

describe('the name of a function', () => {
  it('follows from stage and id', () => {
    expect(functionName(STAGES.dev, 'auth.captcha-image')).toBe('bitgin-dev-auth-captcha-image');
  });

  it('that Lambda would refuse is refused first, saying what to do', () => {
    const id = `auth.${'x'.repeat(60)}`;
    expect(() => functionName(STAGES.dev, id)).toThrow(
      `has 76 characters; Lambda allows 64. Shorten the id "${id}" by 12 or more.`,
    );
  });
});
