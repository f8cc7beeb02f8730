import { describe, expect, it } from '@jest/globals';
import { STAGES } from '../../infra/stages.ts';
import { textOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf } from './templates.ts';

const prod = await synthesized('prod');

describe('the bucket of documents', () => {
  const documents = resourcesOf(prod, 'AWS::S3::Bucket').find(
    ({ Properties }) => textOf(Properties['BucketName']) === 'bitgin-prod-documents-<AWS::AccountId>',
  );

  it('keeps what nobody has checked for a day, and what was replaced for thirty', () => {
    expect(documents?.Properties['LifecycleConfiguration']).toEqual({
      Rules: [
        { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        { Status: 'Enabled', Prefix: 'incoming/', ExpirationInDays: 1 },
        { Status: 'Enabled', Prefix: 'incoming/', NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
        { Status: 'Enabled', Prefix: 'identity/', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
        { Status: 'Enabled', ExpiredObjectDeleteMarker: true },
      ],
    });
  });

  it('takes forms that a page of ours posts, and nothing else of a page', () => {
    expect(documents?.Properties['CorsConfiguration']).toEqual({
      CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: [...STAGES.prod.allowedOrigins], AllowedHeaders: ['*'] }],
    });
  });
});
