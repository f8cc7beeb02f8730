import { describe, expect, it } from '@jest/globals';
import { readBanks } from '../../../../infra/admin/bank-file.ts';
import { partsOf } from '../../../../infra/admin/banks.ts';
import { PART_LIMITS } from '../../../../shared/contracts/staff/banks-part.ts';
import { bankOf } from '../../../support/banks.ts';

const HEADER = '銀行代號,分支機構代號,金融機構名稱,分支機構名稱,地址';

const read = (...lines: readonly string[]) => readBanks('banks.csv', Buffer.from([HEADER, ...lines].join('\r\n')));

const LAND = [
  '005,,臺灣土地銀行,,"臺北市館前路46號, 1樓"',
  '005,0027,臺灣土地銀行,台南分行,臺南市',
  '005,0016,臺灣土地銀行,基隆分行,',
];

const EXPECTED = [
  {
    code: '005',
    name: '臺灣土地銀行',
    branches: [
      { code: '0016', name: '基隆分行' },
      { code: '0027', name: '台南分行' },
    ],
  },
];

describe('the file of banks', () => {
  it('is read by code, with lines for banks themselves, and without other columns', () => {
    expect(read(...LAND)).toEqual({ banks: EXPECTED, notes: [] });
  });

  it('may begin with a byte order mark, end lines either way, and have empty lines and cells', () => {
    const text = `\uFEFF${[HEADER, '', ...LAND, ',,,,', ''].join('\n')}`;
    expect(readBanks('banks.csv', Buffer.from(text)).banks).toEqual(EXPECTED);
  });

  it('may be in Big5', () => {
    // 銀行代號,銀行名稱,分行代號,分行名稱 and 005,土地銀行,0016,基隆分行
    const bytes = Buffer.from(
      'bbc8a6e6a54eb8b92cbbc8a6e6a657bad92ca4c0a6e6a54eb8b92ca4c0a6e6a657bad90d0a' +
        '3030352ca467a661bbc8a6e62c303031362cb0f2b6a9a4c0a6e60d0a',
      'hex',
    );
    expect(readBanks('banks.csv', bytes).banks).toEqual([
      { code: '005', name: '土地銀行', branches: [{ code: '0016', name: '基隆分行' }] },
    ]);
  });

  it.each([
    '總行代號,總行名稱,分行代碼,分行名稱',
    'Bank Code,bank_name,Branch Code,branch name',
    '金融機構代碼, 金融機構名稱 ,分支機構代碼,分支機構名稱',
  ])('may name its columns %s', (header) => {
    expect(readBanks('x', Buffer.from(`${header}\n005,臺灣土地銀行,0016,基隆分行`)).banks).toHaveLength(1);
  });

  it('may give branches with the digits of their bank before', () => {
    expect(read('005,0050016,臺灣土地銀行,基隆分行,').banks[0]?.branches).toEqual([{ code: '0016', name: '基隆分行' }]);
  });

  it('takes of several names of a bank that of its own line, and says so', () => {
    const { banks, notes } = read('951,0011,板橋區農會,本會,', '951,,農漁會共用中心,,', '951,0022,三峽區農會,本會,');
    expect(banks[0]?.name).toBe('農漁會共用中心');
    expect(notes).toEqual([expect.stringContaining('Bank 951 has several names')]);
  });

  it('may say a branch twice, but not under two names', () => {
    expect(read(...LAND, LAND[2] ?? '').banks).toEqual(EXPECTED);
    expect(() => read(...LAND, '005,0016,臺灣土地銀行,別的分行,')).toThrow(
      'line 5: branch 0016 of bank 005 was 基隆分行 before',
    );
  });

  it.each([
    ['a bank of two digits', '05,0016,土地銀行,基隆分行,', 'line 5: bank is "05"'],
    ['a branch of three digits', '005,016,土地銀行,基隆分行,', 'line 5: branch is "016"'],
    ['a branch of another bank', '005,0040016,土地銀行,基隆分行,', 'line 5: branch is "0040016"'],
    ['a branch without a name', '005,0016,土地銀行,,', 'line 5: branchName is ""'],
    ['a name without a branch', '005,,土地銀行,基隆分行,', 'line 5: branch is ""'],
    ['a bank without a name', '005,0016,,基隆分行,', 'line 5: bankName is ""'],
    ['a column too few', '005,0016,土地銀行,基隆分行', 'line 5: it has 4 columns, and the first line 5'],
    ['a column too many', '005,0016,土地銀行,基隆分行,,', 'line 5: it has 6 columns, and the first line 5'],
    ['a remark at the end', '資料來源：財金資訊,,,,', 'line 5: bank is'],
    ['a quote that does not end', '005,0016,"土地銀行,基隆分行,', 'it is no CSV'],
    ['a name that is too long', `005,0016,土地銀行,${'行'.repeat(61)},`, 'line 5: branchName is'],
  ])('is refused whole for %s', (_what, line, problem) => {
    expect(() => read(...LAND, line)).toThrow(problem);
    expect(() => read(...LAND, line)).toThrow('banks.csv is refused, nothing was imported');
  });

  it.each([
    ['nothing', '', 'line 1: the columns must be named'],
    ['no bank', HEADER, 'it holds no bank'],
    ['no names of columns', LAND[1] ?? '', 'line 1: the columns must be named'],
    ['a page of HTML', '<!doctype html>\n<title>404</title>', 'line 1: the columns must be named'],
  ])('is refused where it is %s', (_what, text, problem) => {
    expect(() => readBanks('x', Buffer.from(text))).toThrow(problem);
  });

  it('is refused in no known encoding, and where it is far too long', () => {
    expect(() => readBanks('x', Buffer.from([0xff, 0xfe, 0x00, 0xff]))).toThrow('neither UTF-8 nor Big5');
    expect(() => readBanks('x', new Uint8Array(10_000_001))).toThrow('more than 10000000');
  });

  it('tells twenty problems, and how many more there are', () => {
    const wrong = Array.from({ length: 30 }, () => 'x,0016,土地銀行,基隆分行,');
    expect(() => read(...wrong)).toThrow(/line 21: .*\n.*and 10 more$/);
  });
});

describe('parts', () => {
  it('hold every bank once, in order, within the limits', () => {
    const codes = Array.from({ length: 1400 }, (_, index) => String(index).padStart(4, '0'));
    const banks = Array.from({ length: 130 }, (_, index) =>
      bankOf(String(index + 100), 'x', ...codes.slice(0, index % 40 === 0 ? 1400 : 10)),
    );
    const parts = partsOf(banks);
    expect(parts.flat()).toEqual(banks);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(PART_LIMITS.banks);
      expect(part.flatMap(({ branches }) => branches).length).toBeLessThanOrEqual(PART_LIMITS.branches);
    }
  });
});
