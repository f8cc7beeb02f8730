import { text } from '../contracts/codes/text.ts';
import type { Locale, LocalizedText } from '../contracts/locale.ts';
import type { AuditedState } from '../contracts/staff/audit-record.ts';
import { markScreening } from '../identity/screening-mark.ts';
import type { User } from '../identity/user.ts';
import { type KycRecord, recordPlace } from '../kyc/record.ts';
import type { Finding, Screen } from '../kyc/screening.ts';
import { keepScreening } from '../kyc/screening-store.ts';
import type { SecretWith, TableWith } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import type { AuditPlatform } from './audit.ts';
import { newAuditRecord } from './audit-record.ts';
import { appendRecord } from './audit-store.ts';
import type { StaffCaller } from './staff-caller.ts';

/** What screening by staff takes. */
export interface ScreeningPlatform extends AuditPlatform {
  readonly tables: {
    readonly users: TableWith<'update'>;
    readonly kyc: TableWith<'put'>;
    readonly audit: TableWith<'append'>;
  };
  readonly secrets: { readonly identity: SecretWith<'decrypt'> };
}

const WHY: Readonly<Record<'hit' | 'failed', LocalizedText>> = {
  hit: text('姓名與制裁名單相符', '姓名与制裁名单相符', 'the name is like one on a list of sanctions'),
  failed: text('名單服務沒有回應', '名单服务没有回应', 'the screening service did not answer'),
};

type Refused = {
  readonly ok: false;
  readonly code: 'SCREENING_REVIEW';
  readonly params: { readonly why: string };
};

/** `writes` and `audited` go into the transaction of what it allows. */
type Passed = { readonly ok: true; readonly writes: readonly Write[]; readonly audited: AuditedState };

const NOT_ASKED: Passed = { ok: true, writes: [], audited: {} };

const personOf = async ({ secrets }: ScreeningPlatform, { userId, name, birthday }: KycRecord) => {
  const [plainName, plainBirthday] = await Promise.all([
    secrets.identity.decrypt(name, recordPlace(userId, 'name')),
    secrets.identity.decrypt(birthday, recordPlace(userId, 'birthday')),
  ]);
  return { name: String(plainName), birthday: String(plainBirthday) };
};

/** Keeps a finding that lets nothing pass, and stops the user's transfers, with its audit record. */
const stop = async (
  platform: ScreeningPlatform,
  staff: StaffCaller,
  { target, reason }: { readonly target: User; readonly reason: string },
  { finding, keep }: { readonly finding: Finding & { readonly verdict: 'hit' | 'failed' }; readonly keep: Write },
): Promise<void> => {
  const { tables, commit } = platform;
  const after = { screening: finding.verdict, listVersion: finding.listVersion };
  const record = newAuditRecord(platform, staff, { action: 'kyc.screening', target, reason, after });
  const writes = [keep, markScreening(tables.users, target.userId, finding.verdict)];
  const { committed } = await commit([...writes, ...appendRecord(tables.audit, record)]);
  if (!committed) throw new Error('A finding of the screening could not be kept.');
};

/**
 * Looks a user up on the lists of sanctions. It passes who is clear, and who staff have `reviewed` by hand. Anything else,
 * no answer included, is refused, kept, audited, and stops the user's transfers.
 */
export const screenUser = async (
  platform: ScreeningPlatform,
  staff: StaffCaller,
  screen: Screen | undefined,
  asked: { readonly target: User; readonly record: KycRecord; readonly reason: string; readonly reviewed: boolean },
  locale: Locale,
): Promise<Passed | Refused> => {
  if (!screen) return NOT_ASKED;
  const { tables, clock, random } = platform;
  const { target, record, reviewed } = asked;
  const finding = await screen(await personOf(platform, record));
  const { verdict, listVersion } = finding;
  const screening = { at: clock.now(), verdict, listVersion, reviewed: reviewed && verdict !== 'clear' };
  const keep = keepScreening(tables.kyc, target.userId, screening, random);
  if (verdict === 'clear' || reviewed) {
    const audited = { screening: verdict, listVersion, screeningReviewed: screening.reviewed };
    return { ok: true, writes: [keep], audited };
  }
  await stop(platform, staff, asked, { finding: { verdict, listVersion }, keep });
  return { ok: false, code: 'SCREENING_REVIEW', params: { why: WHY[verdict][locale] } };
};
