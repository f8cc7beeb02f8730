import * as z from 'zod';

export const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});

export type Template = z.output<typeof templateSchema>;
export type Resource = Template['Resources'][string];

export const synthesisSchema = z.object({
  /** By construct id of the stack. */
  templates: z.record(z.string(), templateSchema),
  /** Findings of all checks, as the report beside the templates has them. */
  findings: z.array(z.string()),
});

export type Synthesis = Readonly<z.output<typeof synthesisSchema>>;

/** Every resource of one type, over all stacks. */
export const resourcesOf = ({ templates }: Synthesis, type: string): readonly Resource[] =>
  Object.values(templates).flatMap(({ Resources }) => Object.values(Resources).filter(({ Type }) => Type === type));

const mapValues = <V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)] as const));

/** A copy whose resources of one type have these properties in place of their own. */
export const withProperties = (synthesis: Synthesis, type: string, properties: Resource['Properties']): Synthesis => ({
  ...synthesis,
  templates: mapValues(synthesis.templates, (template) => ({
    ...template,
    Resources: mapValues(template.Resources, (resource) =>
      resource.Type === type ? { ...resource, Properties: { ...resource.Properties, ...properties } } : resource,
    ),
  })),
});

/** The one resource of a type; fails when there are none or several. */
export const onlyResource = (synthesis: Synthesis, type: string): Resource => {
  const [first, ...others] = resourcesOf(synthesis, type);
  if (!first || others.length > 0) throw new Error(`Expected one ${type}, found ${first ? 1 + others.length : 0}.`);
  return first;
};
