import { PARTITION } from '../../template/physical-names.ts';
import type { Need } from '../iam/policy.ts';
import {
  type CustomerKeyOf,
  headerOf,
  type NotUnderstood,
  type Service,
  type ServiceCall,
  type Understood,
} from './service.ts';

/** Query parameters that make a call another operation; all others only refine it. */
const SUBRESOURCES = new Set([
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'partNumber',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/** Action by `<method> <bucket or object> <subresources, sorted>`. */
const ACTIONS: Readonly<Record<string, string>> = {
  'GET bucket': 'ListBucket',
  'HEAD bucket': 'ListBucket',
  'GET bucket location': 'GetBucketLocation',
  'GET bucket uploads': 'ListBucketMultipartUploads',
  'GET bucket versions': 'ListBucketVersions',
  'GET object': 'GetObject',
  'HEAD object': 'GetObject',
  'GET object versionId': 'GetObjectVersion',
  'HEAD object versionId': 'GetObjectVersion',
  'GET object tagging': 'GetObjectTagging',
  'GET object uploadId': 'ListMultipartUploadParts',
  'PUT object': 'PutObject',
  'PUT object tagging': 'PutObjectTagging',
  'PUT object partNumber,uploadId': 'PutObject',
  'POST object uploads': 'PutObject',
  'POST object uploadId': 'PutObject',
  'DELETE object': 'DeleteObject',
  'DELETE object versionId': 'DeleteObjectVersion',
  'DELETE object tagging': 'DeleteObjectTagging',
  'DELETE object uploadId': 'AbortMultipartUpload',
};

/**
 * What else a caller must be allowed where an object is written together with more than its content ("PutObject",
 * Amazon S3 API reference, under Permissions; "Configuring Object Lock"). Such headers may stand in a signed address too.
 */
const ACTIONS_BY_HEADER: readonly (readonly [header: RegExp, action: string])[] = [
  [/^x-amz-(?:acl|grant-.+)$/, 'PutObjectAcl'],
  [/^x-amz-tagging$/, 'PutObjectTagging'],
  [/^x-amz-object-lock-(?:mode|retain-until-date)$/, 'PutObjectRetention'],
  [/^x-amz-object-lock-legal-hold$/, 'PutObjectLegalHold'],
];

/** What S3 does with a bucket's customer key in its caller's name. */
const KEY_ACTIONS: Readonly<Record<string, string>> = {
  GetObject: 'kms:Decrypt',
  GetObjectVersion: 'kms:Decrypt',
  PutObject: 'kms:GenerateDataKey',
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Bucket and key of a path; the bucket is named in the path, since every endpoint here is an IP address. */
const placeOf = (path: string): { readonly bucket: string; readonly key: string } => {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return { bucket: decode(bucket), key: decode(key) };
};

/** What an object action needs, the bucket's customer key included. */
export const objectNeeds = (
  action: string,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  region: string,
  customerKeyOf: CustomerKeyOf,
): readonly Need[] => {
  const arn = `arn:${PARTITION}:s3:::${bucket}`;
  const keyArn = customerKeyOf(arn);
  const keyAction = KEY_ACTIONS[action];
  const context = { 'kms:ViaService': `s3.${region}.amazonaws.com` };
  const encryption =
    keyArn === undefined || keyAction === undefined ? [] : [{ action: keyAction, resource: keyArn, context }];
  return [{ action: `s3:${action}`, resource: key === '' ? arn : `${arn}/${key}` }, ...encryption];
};

/** The actions for what is written beside an object's content. */
const actionsBeside = (action: string, names: readonly string[]): readonly string[] =>
  action === 'PutObject'
    ? ACTIONS_BY_HEADER.flatMap(([header, more]) => (names.some((name) => header.test(name)) ? [more] : []))
    : [];

/** A copy reads its source too. */
const sourceNeeds = (call: ServiceCall, customerKeyOf: CustomerKeyOf): readonly Need[] => {
  const source = headerOf(call, 'x-amz-copy-source');
  if (source === '') return [];
  const [path = '', version] = source.split('?versionId=', 2);
  const action = version === undefined ? 'GetObject' : 'GetObjectVersion';
  return objectNeeds(action, placeOf(path.startsWith('/') ? path : `/${path}`), call.region, customerKeyOf);
};

/** S3's REST protocol. */
export const s3: Service = {
  readsBody: false,
  understand: (call, customerKeyOf): Understood | NotUnderstood => {
    const [path = '', query = ''] = call.target.split('?', 2);
    const { bucket, key } = placeOf(path);
    const parameters = [...new URLSearchParams(query).keys()];
    const given = parameters.filter((name) => SUBRESOURCES.has(name));
    const form = [call.method, key === '' ? 'bucket' : 'object', given.sort().join()].join(' ').trim();
    const action = bucket === '' ? undefined : ACTIONS[form];
    if (action === undefined) {
      const what = `${call.method} ${path}${given.length > 0 ? ` (${given.join(', ')})` : ''}`;
      return { unknown: `The local stack does not know which rights the S3 call "${what}" needs, so it is refused.` };
    }
    const place = { bucket, key };
    const beside = actionsBeside(action, [
      ...Object.keys(call.headers),
      ...parameters.map((name) => name.toLowerCase()),
    ]);
    return {
      operation: action,
      subject: bucket,
      needs: [
        ...[action, ...beside].flatMap((one) => objectNeeds(one, place, call.region, customerKeyOf)),
        ...sourceNeeds(call, customerKeyOf),
      ],
    };
  },
};
