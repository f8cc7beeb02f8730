import type { Condition, Statement } from '../../template/policies.ts';

/** What somebody wants to do: one action on one resource. */
export interface Need {
  /** Such as `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN; the number itself for a text message, as AWS has it. */
  readonly resource: string;
  /** What the conditions of a policy can ask about. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Deny wins over Allow, and what nothing allows is not allowed. */
export type Decision = 'allowed' | 'explicitly denied' | 'not allowed';

/** Takes one sentence about something in a policy that this machine does not understand. */
export type Warn = (sentence: string) => void;

/** The condition keys that calls on this machine carry. Any other key cannot be judged here. */
const KEYS = new Set(['kms:ViaService', 'ses:FromAddress', 'aws:RequestedRegion']);

/** One key for each member of an encryption context, whatever they are called. */
const ENCRYPTION_CONTEXT = 'kms:EncryptionContext:';

const isKnown = (key: string): boolean => KEYS.has(key) || key.startsWith(ENCRYPTION_CONTEXT);

type Matches = (text: string) => boolean;

const escape = (text: string): string => text.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);

/** `*` stands for any run of characters and `?` for any one, as in IAM. */
export const wildcard = (pattern: string, flags: '' | 'i' = ''): Matches => {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern) && flags === '') return (text) => text === pattern;
  const expression = new RegExp(`^${escape(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, `s${flags}`);
  return (text) => expression.test(text);
};

const OPERATORS: Readonly<Record<string, (actual: string, wanted: string) => boolean>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringLike: (actual, wanted) => wildcard(wanted)(actual),
};

/** An empty list is one that the statement gives in an element that is not understood; it then covers anything. */
const covering = (patterns: readonly string[], flags: '' | 'i'): Matches => {
  const matchers = patterns.map((pattern) => wildcard(pattern, flags));
  return (text) => matchers.length === 0 || matchers.some((matches) => matches(text));
};

const unknownPart = ({ unknownElements, conditions, actions, resources }: Statement): string | undefined => {
  if (unknownElements.length > 0) return `the element ${unknownElements.join(', ')}`;
  if (actions.length === 0) return 'no Action';
  if (resources.length === 0) return 'no Resource';
  const condition = conditions.find(({ operator, key }) => !Object.hasOwn(OPERATORS, operator) || !isKnown(key));
  return condition && `the condition ${condition.operator} on ${condition.key}`;
};

const holds = ({ operator, key, values }: Condition, context: Need['context']): boolean => {
  const actual = context?.[key];
  return actual !== undefined && values.some((wanted) => OPERATORS[operator]?.(actual, wanted) === true);
};

const compile = (statement: Statement, warn: Warn) => {
  const coversAction = covering(statement.actions, 'i');
  const coversResource = covering(statement.resources, '');
  const unknown = unknownPart(statement);
  const applies = ({ action, resource, context }: Need): boolean => {
    if (!coversAction(action) || !coversResource(resource)) return false;
    if (unknown === undefined) return statement.conditions.every((condition) => holds(condition, context));
    const denies = statement.effect === 'Deny';
    const taken = denies ? 'it is taken to apply' : 'it is passed over';
    warn(`the ${statement.effect} of ${action} has ${unknown}, which this machine does not understand; ${taken}.`);
    return denies;
  };
  return { effect: statement.effect, applies };
};

/**
 * Judges by the statements of one principal, as IAM does for identity-based policies. A statement with an element,
 * operator or key that is not known here allows nothing, and denies whatever it may concern; `warn` is told then.
 */
export const createPolicy = (statements: readonly Statement[], warn: Warn): ((need: Need) => Decision) => {
  const compiled = statements.map((statement) => compile(statement, warn));
  const denials = compiled.filter(({ effect }) => effect === 'Deny');
  const allowances = compiled.filter(({ effect }) => effect === 'Allow');
  return (need) => {
    if (denials.some(({ applies }) => applies(need))) return 'explicitly denied';
    return allowances.some(({ applies }) => applies(need)) ? 'allowed' : 'not allowed';
  };
};
