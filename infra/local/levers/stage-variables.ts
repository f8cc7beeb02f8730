import * as z from 'zod';
import type { StageVariables } from '../template/api.ts';
import { type Lever, ok, refusal, withBody } from './lever.ts';

/** The variables of the public gateway's stage, which an operator may change while it serves. */
export interface StageVariablesNow {
  readonly all: () => StageVariables;
  readonly set: (some: StageVariables) => void;
}

export const createStageVariables = (declared: StageVariables): StageVariablesNow => {
  let now = declared;
  return {
    all: () => now,
    set: (some) => {
      now = { ...now, ...some };
    },
  };
};

/** API Gateway takes these characters in values ("Use stage variables", API Gateway developer guide). */
const body = z.record(z.string(), z.string().regex(/^[A-Za-z0-9-._~:/?#&=,]*$/));

const USAGE = 'Send {"name": "value"} for the variables to change, such as {"maintenance": "on"}.';

/** Changes variables of the stage as `aws apigateway update-stage` does: for every request from now on. */
export const stageVariableLevers = (variables: StageVariablesNow): readonly Lever[] => {
  const state = () => ok({ stageVariables: variables.all() });
  return [
    { method: 'GET', path: /^\/stage-variables$/, answer: state },
    {
      method: 'POST',
      path: /^\/stage-variables$/,
      answer: withBody(body, USAGE, (some) => {
        const known = Object.keys(variables.all());
        const unknown = Object.keys(some).filter((name) => !known.includes(name));
        if (unknown.length > 0)
          return refusal(
            404,
            `The stage has no variable ${unknown.join(', ')}. It has: ${known.join(', ') || 'none'}.`,
          );
        variables.set(some);
        return state();
      }),
    },
  ];
};
