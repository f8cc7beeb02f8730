import { afterAll, beforeAll } from '@jest/globals';
import { type Journey, journeyOn } from './journey.ts';
import { startTestStack, type TestStack, type TestStackOptions } from './local-stack.ts';

/** A stack and the steps of a client over it, while the tests of a block run. */
export interface LiveJourney {
  readonly stack: TestStack;
  readonly journey: Journey;
}

/** Starts a stack before the tests of this block and stops it after. */
export const useJourney = (options: TestStackOptions = {}): LiveJourney => {
  let live: LiveJourney | undefined;
  beforeAll(async () => {
    const stack = await startTestStack(options);
    live = { stack, journey: journeyOn(stack) };
  });
  afterAll(async () => {
    await live?.stack.stop();
  });
  const running = (): LiveJourney => {
    if (!live) throw new Error('The stack is there only while tests run.');
    return live;
  };
  return {
    get stack() {
      return running().stack;
    },
    get journey() {
      return running().journey;
    },
  };
};
