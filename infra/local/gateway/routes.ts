import type { ApiPath, Integration } from '../template/api.ts';

/** A path of the API that a request matches. */
export interface Match {
  readonly resource: Pick<ApiPath, 'id' | 'path'>;
  /** Decoded; null where API Gateway has null. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
  /** Undefined when the path has no such method; API Gateway does not look for another path then. */
  readonly integration: Integration | undefined;
}

export type Router = (method: string, path: string) => Match | undefined;

interface Node {
  readonly fixed: Map<string, Node>;
  parameter: { readonly name: string; readonly node: Node } | undefined;
  greedy: { readonly name: string; readonly path: ApiPath } | undefined;
  path: ApiPath | undefined;
}

interface Found {
  readonly path: ApiPath;
  readonly parameters: readonly (readonly [string, string])[];
}

const emptyNode = (): Node => ({ fixed: new Map(), parameter: undefined, greedy: undefined, path: undefined });

/** API Gateway ignores slashes at the end. */
const segmentsOf = (path: string): readonly string[] => path.replace(/\/+$/, '').split('/').slice(1);

const fixedChild = (node: Node, segment: string): Node => {
  const child = node.fixed.get(segment) ?? emptyNode();
  node.fixed.set(segment, child);
  return child;
};

const parameterChild = (node: Node, name: string): Node => {
  const parameter = node.parameter ?? { name, node: emptyNode() };
  Object.assign(node, { parameter });
  return parameter.node;
};

const insert = (root: Node, path: ApiPath): void => {
  let node = root;
  for (const segment of segmentsOf(path.path)) {
    const greedy = /^\{(.+)\+\}$/.exec(segment)?.[1];
    if (greedy !== undefined) {
      node.greedy = { name: greedy, path };
      return;
    }
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    node = name === undefined ? fixedChild(node, segment) : parameterChild(node, name);
  }
  node.path = path;
};

/** The most specific path for the segments from `at` on: a literal one beats `{name}`, which beats `{name+}`. */
const find = (node: Node, segments: readonly string[], at = 0): Found | undefined => {
  const segment = segments[at];
  if (segment === undefined) return node.path && { path: node.path, parameters: [] };
  const child = node.fixed.get(segment);
  const literal = child && find(child, segments, at + 1);
  if (literal) return literal;
  if (node.parameter && segment !== '') {
    const { name, node: next } = node.parameter;
    const found = find(next, segments, at + 1);
    if (found) return { ...found, parameters: [[name, segment], ...found.parameters] };
  }
  return node.greedy && { path: node.greedy.path, parameters: [[node.greedy.name, segments.slice(at).join('/')]] };
};

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** Makes a router that finds what API Gateway would for a method and a path (as sent, without query). */
export const createRouter = (paths: readonly ApiPath[]): Router => {
  const root = emptyNode();
  for (const path of paths) insert(root, path);
  return (method, path) => {
    const found = find(root, segmentsOf(path));
    if (!found) return undefined;
    const { methods } = found.path;
    const { parameters } = found;
    return {
      resource: found.path,
      pathParameters:
        parameters.length > 0 ? Object.fromEntries(parameters.map(([name, value]) => [name, decode(value)])) : null,
      integration: methods.get(method) ?? methods.get('ANY'),
    };
  };
};
