/** A call by the staff. */
export interface StaffCaller {
  /** ARN of the IAM identity that signed the request: a user, or a role with the name of its session. */
  readonly principal: string;
  readonly requestId: string;
}

/** What is the same of all ARNs of one person, see `isSamePerson`. */
export const nameIn = (principal: string): string => principal.slice(principal.lastIndexOf('/') + 1).toLowerCase();

/**
 * Whether two ARNs are of one person: who takes another role, or has a user beside it, is still the same by name. Trust
 * policies of roles must see to it that nobody chooses a session name (`sts:RoleSessionName`).
 */
export const isSamePerson = (one: string, other: string): boolean => nameIn(one) === nameIn(other);
