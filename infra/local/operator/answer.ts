/** What a service of AWS answers. */
export interface OperatorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.0' };

export const json = (body: unknown): OperatorAnswer => ({
  status: 200,
  headers: JSON_TYPE,
  body: JSON.stringify(body),
});

/** A refusal in the form of AWS's JSON protocols. */
export const refused = (type: string, message: string): OperatorAnswer => ({
  status: 400,
  headers: JSON_TYPE,
  body: JSON.stringify({ __type: type, message }),
});
