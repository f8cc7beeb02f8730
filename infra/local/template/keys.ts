import * as z from 'zod';
import type { Stack } from './assembly.ts';
import { ACCOUNT, PARTITION } from './physical-names.ts';
import { resourcesOf } from './resources.ts';

/** A KMS key as its template declares it. */
export interface LocalKey {
  readonly arn: string;
  readonly spec: (typeof KEY_SPECS)[number];
  readonly enabled: boolean;
  readonly description: string;
  /** ARNs. */
  readonly aliases: readonly string[];
}

const KEY_SPECS = ['SYMMETRIC_DEFAULT', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'] as const;

const key = z.object({
  KeySpec: z
    .enum(KEY_SPECS, { error: ({ input }) => `The local KMS has no keys of the spec ${String(input)}.` })
    .default('SYMMETRIC_DEFAULT'),
  Enabled: z.boolean().default(true),
  Description: z.string().default(''),
});

const alias = z.object({ TargetKeyId: z.string() });

const regional = (region: string, resource: string): string => `arn:${PARTITION}:kms:${region}:${ACCOUNT}:${resource}`;

/** The ARN of what a KeyId names: a key by its id, an alias, or either by its ARN. */
export const keyIdArn = (keyId: string, region: string): string => {
  if (keyId.startsWith('arn:')) return keyId;
  return regional(region, keyId.startsWith('alias/') ? keyId : `key/${keyId}`);
};

/** ARNs of keys by the ARNs of the aliases that stand for them. */
export const aliasesOf = (stacks: readonly Stack[]): ReadonlyMap<string, string> =>
  new Map(
    resourcesOf(stacks, ['AWS::KMS::Alias']).map(({ stack: { region }, name, properties }) => [
      regional(region, name),
      keyIdArn(alias.parse(properties).TargetKeyId, region),
    ]),
  );

/** The keys of all stacks. Their policies are not read: CDK's default leaves everything to the policies of callers. */
export const keysOf = (stacks: readonly Stack[]): readonly LocalKey[] => {
  const aliases = [...aliasesOf(stacks)];
  return resourcesOf(stacks, ['AWS::KMS::Key']).map(({ stack: { region }, name, properties }) => {
    const { KeySpec: spec, Enabled: enabled, Description: description } = key.parse(properties);
    const arn = keyIdArn(name, region);
    const own = aliases.filter(([, target]) => target === arn).map(([aliasArn]) => aliasArn);
    return { arn, spec, enabled, description, aliases: own };
  });
};
