import { staffKycReviews } from '../../shared/contracts/staff/kyc-reviews.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { viewReviews } from '../../shared/staff/kyc-reviews.ts';

/** `GET /admin/v1/kyc/reviews` */
export const handler = endpointHandler(
  staffKycReviews,
  (platform) =>
    async ({ staff, query }) =>
      viewReviews(platform, staff, query),
);
