import type { Queues } from '../queues/queues.ts';
import { type Lever, ok, refusal } from './lever.ts';

/** Shows the queues of the template and what was sent to them. */
export const queueLevers = ({ names, messages }: Pick<Queues, 'names' | 'messages'>): readonly Lever[] => [
  { method: 'GET', path: /^\/queues$/, answer: () => ok({ queues: names }) },
  {
    method: 'GET',
    path: /^\/queues\/([^/]+)$/,
    answer: ([name = '']) => {
      const found = messages(name);
      if (found !== undefined) return ok({ messages: found });
      const known = names.length === 0 ? 'The template has none.' : `There are: ${names.join(', ')}.`;
      return refusal(404, `There is no queue ${name}. ${known}`);
    },
  },
];
