import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { imageStatus, kycImageType, kycLevel, kycStatus } from '../states.ts';
import { SAMPLE_USER, userParams } from './fields.ts';

/** How long a link to a document is good, in seconds. */
export const DOCUMENT_LINK_SECONDS = 300;

const answer = z.object({ value: z.string(), otherValue: z.optional(z.string()) });

const image = z.object({
  type: kycImageType,
  id: z.string(),
  status: imageStatus,
  contentType: z.string(),
  filename: z.string(),
  size: z.int(),
  uploadedAt: z.int(),
  /** Why staff rejected it. */
  reason: z.nullable(z.string()),
  /** Opens the document for whoever has it, for five minutes. */
  url: z.string(),
});

const bankApplication = z.object({
  bankCode: z.string(),
  bankName: z.string(),
  branchCode: z.string(),
  branchName: z.string(),
  account: z.string(),
});

const screening = z.object({
  at: z.int(),
  verdict: z.enum(['clear', 'hit', 'failed']),
  listVersion: z.nullable(z.string()),
  /** Whether staff looked at it by hand, and let it pass. */
  reviewed: z.boolean(),
});

export const staffKycUser = defineEndpoint({
  id: 'admin.kyc-user',
  chapter: 'Staff API',
  method: 'GET',
  path: '/admin/v1/kyc/users/{username}',
  summary: 'Read the KYC record of a user in plain text, with links to the documents that are good for five minutes',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  data: z.object({
    userId: z.string(),
    username: z.string(),
    /** Of the record, to decide about what was looked at. 0 before there is one. */
    version: z.int(),
    level: kycLevel,
    statusLevel1: kycStatus,
    statusLevel2: kycStatus,
    statusLevel3: kycStatus,
    name: z.nullable(z.string()),
    gender: z.nullable(z.literal([0, 1])),
    birthday: z.nullable(z.string()),
    identityNumber: z.nullable(z.string()),
    mobilePhone: z.nullable(z.string()),
    questionnaire: z.nullable(z.object({ q1: answer, q2: answer, q3: answer, q4: answer })),
    /** The account that the user applied for level 3 with, or to change it. */
    bankApplication: z.nullable(bankApplication),
    /** When the present review was asked for. */
    requestedAt: z.nullable(z.int()),
    images: z.array(image),
    /** Of the newest look at the lists of sanctions, and whether money waits for another; null without one. */
    screening: z.nullable(screening),
    transfersStopped: z.boolean(),
    /** When the links end; null without images. */
    linksExpireAt: z.nullable(z.int()),
  }),
  codes: ['NOT_FOUND'],
  successMessage: 'Success',
  uses: {
    users: ['get'],
    kyc: ['get', 'query'],
    secrets: { identity: ['decrypt'], bankAccount: ['decrypt'] },
    buckets: { documents: ['link'] },
    audit: ['append'],
  },
  example: {
    params: SAMPLE_USER,
    data: {
      userId: '5d41402abc4b2a76b9719d911017c592',
      username: 'peter0105',
      version: 7,
      level: 1,
      statusLevel1: 3,
      statusLevel2: 2,
      statusLevel3: 1,
      name: '林書得',
      gender: 1,
      birthday: '1990/01/05',
      identityNumber: 'A123456789',
      mobilePhone: '+886912345678',
      questionnaire: {
        q1: { value: 'other', otherValue: 'savings' },
        q2: { value: 'no' },
        q3: { value: '1_to_3' },
        q4: { value: 'less_than_50' },
      },
      bankApplication: null,
      requestedAt: 1624419855823,
      images: [
        {
          type: 1,
          id: '5d41402abc4b2a76b9719d911017c592_1624326465572',
          status: 2,
          contentType: 'image/jpeg',
          filename: '1624326465572.jpg',
          size: 61516,
          uploadedAt: 1624326465572,
          reason: null,
          url: 'https://bitgin-prod-documents.s3.ap-northeast-1.amazonaws.com/documents/2f8a?X-Amz-Expires=300',
        },
      ],
      screening: { at: 1624420000000, verdict: 'clear', listVersion: '2021-06-22', reviewed: false },
      transfersStopped: false,
      linksExpireAt: 1624420155823,
    },
  },
});
