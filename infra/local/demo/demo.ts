import { staffDeposit } from '../../../shared/contracts/staff/deposits.ts';
import { staffApiOf } from '../../admin/staff-api.ts';
import { type CallStaff, createStaffClient } from '../../admin/staff-client.ts';
import { table } from '../../admin/text.ts';
import type { RunningStack } from '../running-stack.ts';
import { createDemoClient, type DemoClient } from './client.ts';
import { openAccount } from './open-account.ts';
import { type DemoPerson, demoPeople } from './person.ts';

/** Who decides on documents and books deposits on this machine. */
const PRINCIPAL = 'demo-staff';

const fund = async (staff: CallStaff, { username, funds }: DemoPerson): Promise<void> => {
  for (const { asset, amount } of funds) {
    const body = { username, asset, amount, bankRef: `demo-${username}-${asset}` };
    await staff(staffDeposit, { body }, staffDeposit.data);
  }
};

const open = async (client: DemoClient, staff: CallStaff, person: DemoPerson) => {
  const key = await openAccount(client, staff, person);
  await fund(staff, person);
  const funds = person.funds.map(({ asset, amount }) => `${amount} ${asset}`);
  return [person.username, person.password, key, funds.join(', ')];
};

/**
 * Opens the demo accounts and says what they are, once: passwords and keys are drawn anew each time and kept nowhere.
 * A machine on which that fails still serves, so it is said and no more.
 */
export const offerDemoAccounts = async (
  { url, adminUrl }: Pick<RunningStack, 'url' | 'adminUrl'>,
  log: (line: string) => void,
): Promise<void> => {
  if (adminUrl === undefined) return;
  const client = createDemoClient(url);
  const staff = createStaffClient(staffApiOf({ ADMIN_URL: adminUrl, ADMIN_PRINCIPAL: PRINCIPAL }, PRINCIPAL));
  try {
    const opened = await Promise.all(demoPeople().map((person) => open(client, staff, person)));
    log('Demo accounts, shown this once (`npm start -- --fresh --empty` goes without):');
    log(table(['name', 'password', "authenticator's key", 'balance'], opened));
  } catch (error) {
    log(`The demo accounts could not be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
};
