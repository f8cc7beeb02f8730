import { type CallExpression, type Expression, parseSync } from '@swc/core';

const TESTS: ReadonlySet<string> = new Set(['it', 'test']);

/** Tests under any of these names do not run, or pass by failing. */
const NOT_RUN: ReadonlySet<string> = new Set(['skip', 'todo', 'failing', 'xit', 'xtest', 'xdescribe']);

const isCall = (node: object): node is CallExpression => 'type' in node && node.type === 'CallExpression';

/** The names that a call goes by: `it`, and `it` and `each` for `it.each(…)(…)`; both branches of a condition. */
const namesOf = (callee: CallExpression['callee'] | Expression): readonly string[] => {
  if (callee.type === 'Identifier') return [callee.value];
  if (callee.type === 'CallExpression') return namesOf(callee.callee);
  if (callee.type === 'TaggedTemplateExpression') return namesOf(callee.tag);
  if (callee.type === 'ParenthesisExpression') return namesOf(callee.expression);
  if (callee.type === 'ConditionalExpression') return [...namesOf(callee.consequent), ...namesOf(callee.alternate)];
  if (callee.type !== 'MemberExpression') return [];
  return [...namesOf(callee.object), ...(callee.property.type === 'Identifier' ? [callee.property.value] : [])];
};

/** The title as it is written; of a template only one that holds no expressions. */
const titleOf = ({ arguments: [first] }: CallExpression): readonly string[] => {
  const title = first?.expression;
  if (title?.type === 'StringLiteral') return [title.value];
  if (title?.type === 'TemplateLiteral' && title.expressions.length === 0) return title.quasis.map(({ raw }) => raw);
  return [];
};

const titlesIn = (node: unknown): readonly string[] => {
  if (typeof node !== 'object' || node === null) return [];
  if (!isCall(node)) return Object.values(node).flatMap(titlesIn);
  const names = namesOf(node.callee);
  if (names.some((name) => NOT_RUN.has(name))) return [];
  const isTest = names.some((name) => TESTS.has(name));
  return isTest ? titleOf(node) : [...titlesIn(node.callee), ...node.arguments.flatMap(titlesIn)];
};

/** The titles of the tests in a source that always run, as they are written: of `it.each`, with its placeholders. */
export const testTitlesOf = (source: string): readonly string[] =>
  titlesIn(parseSync(source, { syntax: 'typescript', target: 'es2024' }));
