import { describe, expect, it } from '@jest/globals';
import { s3 } from '../../../../../infra/local/proxy/services/s3.ts';

const KEY = 'arn:aws:kms:ap-northeast-1:000000000000:key/k';

const needs = (method: string, target: string, headers: Readonly<Record<string, string>> = {}) => {
  const call = { method, target, headers, body: Buffer.alloc(0), region: 'ap-northeast-1' };
  const understood = s3.understand(call, (arn) => (arn === 'arn:aws:s3:::sealed' ? KEY : undefined));
  return 'unknown' in understood
    ? understood.unknown
    : understood.needs.map(({ action, resource }) => `${action} ${resource}`);
};

describe('the rights of an S3 call', () => {
  it.each([
    ['GET', '/b/k?x-id=GetObject', 's3:GetObject arn:aws:s3:::b/k'],
    ['HEAD', '/b/k', 's3:GetObject arn:aws:s3:::b/k'],
    ['GET', '/b/k?versionId=1', 's3:GetObjectVersion arn:aws:s3:::b/k'],
    ['GET', '/b/k?tagging', 's3:GetObjectTagging arn:aws:s3:::b/k'],
    ['GET', '/b/k?uploadId=1', 's3:ListMultipartUploadParts arn:aws:s3:::b/k'],
    ['PUT', '/b/a/b%20c?x-id=PutObject', 's3:PutObject arn:aws:s3:::b/a/b c'],
    ['PUT', '/b/k?partNumber=1&uploadId=2', 's3:PutObject arn:aws:s3:::b/k'],
    ['PUT', '/b/k?tagging', 's3:PutObjectTagging arn:aws:s3:::b/k'],
    ['POST', '/b/k?uploads', 's3:PutObject arn:aws:s3:::b/k'],
    ['POST', '/b/k?uploadId=1', 's3:PutObject arn:aws:s3:::b/k'],
    ['DELETE', '/b/k', 's3:DeleteObject arn:aws:s3:::b/k'],
    ['DELETE', '/b/k?versionId=1', 's3:DeleteObjectVersion arn:aws:s3:::b/k'],
    ['DELETE', '/b/k?uploadId=1', 's3:AbortMultipartUpload arn:aws:s3:::b/k'],
    ['DELETE', '/b/k?tagging', 's3:DeleteObjectTagging arn:aws:s3:::b/k'],
    ['GET', '/b?list-type=2&prefix=a', 's3:ListBucket arn:aws:s3:::b'],
    ['HEAD', '/b/', 's3:ListBucket arn:aws:s3:::b'],
    ['GET', '/b?versions', 's3:ListBucketVersions arn:aws:s3:::b'],
    ['GET', '/b?uploads', 's3:ListBucketMultipartUploads arn:aws:s3:::b'],
    ['GET', '/b?location', 's3:GetBucketLocation arn:aws:s3:::b'],
  ])('for %s %s are %s', (method, target, need) => {
    expect(needs(method, target)).toEqual([need]);
  });

  it('include those on the bucket’s customer key', () => {
    expect(needs('PUT', '/sealed/k')).toEqual(['s3:PutObject arn:aws:s3:::sealed/k', `kms:GenerateDataKey ${KEY}`]);
    expect(needs('GET', '/sealed/k')).toEqual(['s3:GetObject arn:aws:s3:::sealed/k', `kms:Decrypt ${KEY}`]);
    expect(needs('DELETE', '/sealed/k')).toEqual(['s3:DeleteObject arn:aws:s3:::sealed/k']);
  });

  it('include reading the source of a copy', () => {
    expect(needs('PUT', '/b/k', { 'x-amz-copy-source': 'sealed/from%20here' })).toEqual([
      's3:PutObject arn:aws:s3:::b/k',
      's3:GetObject arn:aws:s3:::sealed/from here',
      `kms:Decrypt ${KEY}`,
    ]);
    expect(needs('PUT', '/b/k', { 'x-amz-copy-source': '/b/a?versionId=7' })).toContain(
      's3:GetObjectVersion arn:aws:s3:::b/a',
    );
  });

  it.each([
    ['x-amz-acl', 'public-read', 's3:PutObjectAcl'],
    ['x-amz-grant-read', 'id="1"', 's3:PutObjectAcl'],
    ['x-amz-tagging', 'a=1', 's3:PutObjectTagging'],
    ['x-amz-object-lock-mode', 'GOVERNANCE', 's3:PutObjectRetention'],
    ['x-amz-object-lock-retain-until-date', '2030-01-01T00:00:00Z', 's3:PutObjectRetention'],
    ['x-amz-object-lock-legal-hold', 'ON', 's3:PutObjectLegalHold'],
  ])('include what %s does beside writing', (header, value, action) => {
    const both = ['s3:PutObject arn:aws:s3:::b/k', `${action} arn:aws:s3:::b/k`];
    expect(needs('PUT', '/b/k', { [header]: value })).toEqual(both);
    expect(needs('POST', '/b/k?uploads', { [header]: value })).toEqual(both);
    expect(needs('PUT', `/b/k?${header}=${encodeURIComponent(value)}`)).toEqual(both);
    expect(needs('GET', '/b/k', { [header]: value })).toEqual(['s3:GetObject arn:aws:s3:::b/k']);
  });

  it.each([
    ['GET', '/'],
    ['PUT', '/b'],
    ['DELETE', '/b'],
    ['POST', '/b?delete'],
    ['GET', '/b/k?acl'],
    ['PUT', '/b/k?acl'],
    ['PUT', '/b?policy'],
    ['GET', '/b/k?tagging&versionId=1'],
  ])('are not known for %s %s', (method, target) => {
    expect(needs(method, target)).toContain(`does not know which rights the S3 call "${method} `);
  });
});
