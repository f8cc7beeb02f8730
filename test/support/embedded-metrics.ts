import * as z from 'zod';

/** Units as the published schema lists them. */
const UNITS =
  /^(?:(?:Micro|Milli)?[Ss]econds|(?:Kilo|Mega|Giga|Tera)?(?:[Bb]ytes|[Bb]its)(?:\/Second)?|Percent|Count(?:\/Second)?|None)$/;

const metadata = z.strictObject({
  Timestamp: z.int().positive(),
  CloudWatchMetrics: z.array(
    z.strictObject({
      Namespace: z.string().min(1).max(1024),
      Dimensions: z.array(z.array(z.string().min(1).max(250)).min(1).max(30)).min(1),
      Metrics: z
        .array(
          z.strictObject({
            Name: z.string().min(1).max(1024),
            Unit: z.string().regex(UNITS).optional(),
            StorageResolution: z.union([z.literal(1), z.literal(60)]).optional(),
          }),
        )
        .min(1)
        .max(100),
    }),
  ),
});

const line = z.looseObject({ _aws: metadata });

/** A metric as CloudWatch would take it from a line. */
export interface EmbeddedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string | undefined;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * What CloudWatch takes from a log line: the schema and the rules of "Specification: Embedded metric format" in its user
 * guide. What is named must stand at the root: metrics as numbers, dimensions as strings.
 *
 * @throws ZodError when the line is not valid.
 */
export const embeddedMetrics = (text: string): readonly EmbeddedMetric[] => {
  const { _aws: said, ...root } = line.parse(JSON.parse(text));
  return said.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, z.string().min(1).max(1024).parse(root[name])]));
      return Metrics.map(({ Name, Unit }) => ({
        namespace: Namespace,
        name: Name,
        unit: Unit,
        dimensions,
        value: z.number().parse(root[Name]),
      }));
    }),
  );
};
