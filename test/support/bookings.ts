import { staffAdjustment } from '../../shared/contracts/staff/adjustments.ts';
import { staffDeposit } from '../../shared/contracts/staff/deposits.ts';
import { bookAdjustment } from '../../shared/staff/adjustments.ts';
import { bookDeposit } from '../../shared/staff/deposits.ts';
import type { StaffCaller } from '../../shared/staff/staff-caller.ts';
import { emailOf, freshName, type Identity } from './identity.ts';
import { ledgerUseCases } from './ledger.ts';
import { JO, staffOn } from './staff.ts';
import { testFoundation } from './test-platform.ts';

/** Another one of the staff than JO. */
export const KIM: StaffCaller = { principal: 'arn:aws:iam::111122223333:user/kim', requestId: 'request-2' };

/** What staff book, over a test's engine. */
export const bookingUseCases = (identity: () => Identity) => {
  const someone = async () => {
    const { registerAs, verifyAs, inbox } = identity();
    const name = freshName();
    await registerAs(name);
    await verifyAs(name, inbox.code(emailOf(name)));
    const seen = await staffOn(identity().resources).view(name);
    if (!seen.ok) throw new Error('The user is not there.');
    return { name, userId: seen.data.userId };
  };

  const deposit = (body: Parameters<typeof staffDeposit.body.parse>[0], staff: StaffCaller = JO) =>
    bookDeposit(testFoundation(staffDeposit, identity().resources).platform, staff, {
      body: staffDeposit.body.parse(body),
      locale: 'en',
    });

  const adjust = (username: string, body: object, staff: StaffCaller = JO) =>
    bookAdjustment(testFoundation(staffAdjustment, identity().resources).platform, staff, username, {
      body: staffAdjustment.body.parse({ reason: 'why', ...body }),
      locale: 'en',
    });

  const has = (userId: string, asset: 'TWD' | 'BTC' = 'TWD') => ledgerUseCases(identity()).holdings(userId, asset);

  const records = async (username: string) =>
    (await staffOn(identity().resources).audit({ username })).records.filter(
      ({ action }) => action.startsWith('deposit') || action.startsWith('adjustment'),
    );

  return { someone, deposit, adjust, has, records };
};
