import type * as z from 'zod/mini';
import { text } from './codes/text.ts';
import type { LocalizedText } from './locale.ts';

export const REQUIRED = text('必填', '必填', 'it is required');

const WRONG = text('格式不正確', '格式不正确', 'it has the wrong form');

const UNKNOWN_FIELDS = text('含有未定義的欄位', '含有未定义的字段', 'it has fields that are not defined');

/** Names of JSON types as a person says them. */
const TYPES = new Map<string, LocalizedText>([
  ['string', text('字串', '字符串', 'a string')],
  ['number', text('數字', '数字', 'a number')],
  ['int', text('整數', '整数', 'a whole number')],
  ['boolean', text('true 或 false', 'true 或 false', 'true or false')],
  ['array', text('陣列', '数组', 'an array')],
  ['object', text('物件', '对象', 'an object')],
  ['record', text('物件', '对象', 'an object')],
  ['null', text('null', 'null', 'null')],
  ['date', text('日期', '日期', 'a date')],
]);

/** Formats that a person knows by name; of the others only the field's own rule can tell more. */
const FORMATS = new Map<string, LocalizedText>([
  ['email', text('須為電子郵件地址', '须为电子邮件地址', 'it must be an e-mail address')],
  ['url', text('須為網址', '须为网址', 'it must be a URL')],
  ['uuid', text('須為 UUID', '须为 UUID', 'it must be a UUID')],
  ['date', text('須為日期 yyyy-MM-dd', '须为日期 yyyy-MM-dd', 'it must be a date, yyyy-MM-dd')],
  ['datetime', text('須為 ISO 8601 時間', '须为 ISO 8601 时间', 'it must be an ISO 8601 time')],
  ['base64', text('須為 base64', '须为 base64', 'it must be base64')],
]);

type Size = 'characters' | 'items' | 'value';

const sizeOf = (origin: string): Size => {
  if (origin === 'string') return 'characters';
  return origin === 'array' || origin === 'set' ? 'items' : 'value';
};

const exactly = (size: Size, limit: string): LocalizedText => {
  if (size === 'characters') {
    return text(`須為 ${limit} 個字元`, `须为 ${limit} 个字符`, `it must have ${limit} characters`);
  }
  if (size === 'items') return text(`須有 ${limit} 項`, `须有 ${limit} 项`, `it must have ${limit} items`);
  return text(`須為 ${limit}`, `须为 ${limit}`, `it must be ${limit}`);
};

const tooSmall = ({ origin, minimum, inclusive, exact }: z.core.$ZodIssueTooSmall): LocalizedText => {
  const [size, limit] = [sizeOf(origin), String(minimum)];
  if (exact) return exactly(size, limit);
  if (size !== 'value' && limit === '1') return text('不可為空', '不可为空', 'it must not be empty');
  if (size === 'characters') {
    return text(`至少 ${limit} 個字元`, `至少 ${limit} 个字符`, `it must have at least ${limit} characters`);
  }
  if (size === 'items') return text(`至少 ${limit} 項`, `至少 ${limit} 项`, `it must have at least ${limit} items`);
  return inclusive
    ? text(`不得小於 ${limit}`, `不得小于 ${limit}`, `it must be at least ${limit}`)
    : text(`須大於 ${limit}`, `须大于 ${limit}`, `it must be more than ${limit}`);
};

const tooBig = ({ origin, maximum, inclusive, exact }: z.core.$ZodIssueTooBig): LocalizedText => {
  const [size, limit] = [sizeOf(origin), String(maximum)];
  if (exact) return exactly(size, limit);
  if (size === 'characters') {
    return text(`至多 ${limit} 個字元`, `至多 ${limit} 个字符`, `it may have at most ${limit} characters`);
  }
  if (size === 'items') return text(`至多 ${limit} 項`, `至多 ${limit} 项`, `it may have at most ${limit} items`);
  return inclusive
    ? text(`不得大於 ${limit}`, `不得大于 ${limit}`, `it must be at most ${limit}`)
    : text(`須小於 ${limit}`, `须小于 ${limit}`, `it must be less than ${limit}`);
};

const oneOf = (values: readonly unknown[]): LocalizedText => {
  const list = values.map(String).join(', ');
  return values.length === 1
    ? text(`須為 ${list}`, `须为 ${list}`, `it must be ${list}`)
    : text(`只接受 ${list}`, `只接受 ${list}`, `it must be one of ${list}`);
};

const ofType = (expected: string): LocalizedText => {
  const type = TYPES.get(expected);
  return type ? text(`須為${type['zh-TW']}`, `须为${type['zh-CN']}`, `it must be ${type.en}`) : WRONG;
};

/** Why a value is refused, by the kind of the issue. Says what the contract asks for, never what was given. */
export const reasonOf = (issue: z.core.$ZodIssue): LocalizedText => {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue.expected);
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'not_multiple_of':
      return text(
        `須為 ${issue.divisor} 的倍數`,
        `须为 ${issue.divisor} 的倍数`,
        `it must be a multiple of ${issue.divisor}`,
      );
    case 'unrecognized_keys':
      return UNKNOWN_FIELDS;
    case 'invalid_format':
      return FORMATS.get(issue.format) ?? WRONG;
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      break;
  }
  return WRONG;
};
