import * as z from 'zod';

/** A statement of AWS WAF, as far as the rules here use it. */
export interface Statement {
  readonly ByteMatchStatement?: {
    readonly SearchString: string;
    readonly PositionalConstraint: 'ENDS_WITH';
    readonly TextTransformations: readonly { readonly Type: string }[];
  };
  readonly LabelMatchStatement?: { readonly Scope: 'LABEL'; readonly Key: string };
  readonly NotStatement?: { readonly Statement: Statement };
  readonly AndStatement?: { readonly Statements: readonly Statement[] };
  readonly OrStatement?: { readonly Statements: readonly Statement[] };
  readonly RateBasedStatement?: { readonly Limit: number; readonly ScopeDownStatement?: Statement };
  readonly ManagedRuleGroupStatement?: {
    readonly Name: string;
    readonly RuleActionOverrides: readonly { readonly Name: string; readonly ActionToUse: unknown }[];
  };
}

const statement: z.ZodType<Statement> = z.lazy(() =>
  z.strictObject({
    ByteMatchStatement: z
      .object({
        FieldToMatch: z.strictObject({ UriPath: z.object({}) }),
        SearchString: z.string(),
        PositionalConstraint: z.literal('ENDS_WITH'),
        TextTransformations: z.array(z.object({ Type: z.string() })),
      })
      .exactOptional(),
    LabelMatchStatement: z.object({ Scope: z.literal('LABEL'), Key: z.string() }).exactOptional(),
    NotStatement: z.object({ Statement: statement }).exactOptional(),
    AndStatement: z.object({ Statements: z.array(statement).min(2) }).exactOptional(),
    OrStatement: z.object({ Statements: z.array(statement).min(2) }).exactOptional(),
    RateBasedStatement: z
      .looseObject({ Limit: z.number(), ScopeDownStatement: statement.exactOptional() })
      .exactOptional(),
    ManagedRuleGroupStatement: z
      .object({
        Name: z.string(),
        RuleActionOverrides: z.array(z.object({ Name: z.string(), ActionToUse: z.unknown() })).default([]),
      })
      .exactOptional(),
  }),
);

export const ruleSchema = z.looseObject({
  Name: z.string(),
  Priority: z.number(),
  Action: z.unknown().optional(),
  Statement: statement,
});

export type Rule = z.output<typeof ruleSchema>;

interface Request {
  readonly path: string;
  /** What the managed rules that only count have put on it. */
  readonly labels: readonly string[];
}

const matches = (one: Statement, request: Request): boolean => {
  const { ByteMatchStatement, LabelMatchStatement, NotStatement, AndStatement, OrStatement } = one;
  if (ByteMatchStatement) return request.path.endsWith(ByteMatchStatement.SearchString);
  if (LabelMatchStatement) return request.labels.includes(LabelMatchStatement.Key);
  if (NotStatement) return !matches(NotStatement.Statement, request);
  if (AndStatement) return AndStatement.Statements.every((part) => matches(part, request));
  if (OrStatement) return OrStatement.Statements.some((part) => matches(part, request));
  // Rates and the lists of AWS are not decided by one request's path and labels.
  return false;
};

/** Whether a rule that blocks matches the request by its path and labels. */
export const isBlocked = (rules: readonly Rule[], request: Request): boolean =>
  rules.some((rule) => JSON.stringify(rule.Action) === '{"Block":{}}' && matches(rule.Statement, request));

/** Units of the managed groups ("Baseline rule groups", "IP reputation rule groups", AWS WAF developer guide). */
const GROUP_UNITS: Readonly<Record<string, number>> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
};

/** Of a match at an end, of a label, of a rate, and of each text transformation ("Using match rule statements", ibid.). */
const UNITS = { endsWith: 2, label: 1, rate: 2, transformation: 10 } as const;

const unitsOf = (one: Statement): number => {
  const { ByteMatchStatement: bytes, ManagedRuleGroupStatement: group, RateBasedStatement: rate } = one;
  if (bytes) {
    const transformations = bytes.TextTransformations.filter(({ Type }) => Type !== 'NONE');
    return UNITS.endsWith + UNITS.transformation * transformations.length;
  }
  if (group) return GROUP_UNITS[group.Name] ?? Number.NaN;
  if (rate) return UNITS.rate + (rate.ScopeDownStatement ? unitsOf(rate.ScopeDownStatement) : 0);
  if (one.LabelMatchStatement) return UNITS.label;
  const inner = [
    ...(one.NotStatement ? [one.NotStatement.Statement] : []),
    ...(one.AndStatement?.Statements ?? []),
    ...(one.OrStatement?.Statements ?? []),
  ];
  return inner.reduce((sum, part) => sum + unitsOf(part), 0);
};

/** The web ACL's capacity units at most: WAF counts a transformation that several rules share only once. */
export const capacityOf = (rules: readonly Rule[]): number =>
  rules.reduce((sum, rule) => sum + unitsOf(rule.Statement), 0);
