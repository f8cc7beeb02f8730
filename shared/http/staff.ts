import { RefusedError } from './outcome.ts';
import { type Middleware, stateIn } from './request.ts';

/** Takes from the gateway whom IAM let in. A request that names nobody did not come through it, and is refused. */
export const identifyStaff: Middleware = {
  before: ({ event }) => {
    const principal = event.requestContext.identity.userArn;
    if (!principal) throw new RefusedError('FORBIDDEN');
    const state = stateIn(event);
    state.staff = { principal, requestId: state.requestId };
  },
};
