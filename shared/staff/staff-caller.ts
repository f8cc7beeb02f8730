/** A call by the staff. */
export interface StaffCaller {
  /** ARN of the IAM identity that signed the request: a user, or a role with the name of its session. */
  readonly principal: string;
  readonly requestId: string;
}
