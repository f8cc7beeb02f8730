import { text } from './text.ts';

/** What only the staff API answers. */
export const staffCodes = {
  SCREENING_REVIEW: {
    code: -19,
    status: 400,
    text: text(
      '制裁名單檢核未通過：{why}。請人工審查；確認非同一人後，以 screeningReviewed 再送一次',
      '制裁名单检核未通过：{why}。请人工审查；确认非同一人后，以 screeningReviewed 再送一次',
      'Not cleared against the lists of sanctions: {why}. Review it by hand; if it is somebody else, send it again with screeningReviewed.',
    ),
  },
  ERASURE_REFUSED: {
    code: -19,
    status: 400,
    text: text(
      '非法請求：目前不得刪除：{why}',
      '非法请求：目前不得删除：{why}',
      'Nothing may be erased yet: {why}. Ask with dryRun to see all of it.',
    ),
  },
  REFERENCE_REUSED: {
    code: -409,
    status: 409,
    text: text(
      '這個參考編號已用於另一筆內容不同的請求，請核對後再試',
      '这个参考编号已用于另一笔内容不同的请求，请核对后再试',
      'This reference or key was booked with something else. Compare the two before anything is booked.',
    ),
  },
} as const;
