/** Mails name times as they are in Taipei: a mail does not know where it is read. Taiwan has no daylight saving time. */
const timeZone = 'Asia/Taipei';

const write = (language: string, join: (date: string, time: string) => string) => {
  const date = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long' });
  const time = new Intl.DateTimeFormat(language, { timeZone, timeStyle: 'short', hourCycle: 'h23' });
  return (at: number): string => join(date.format(at), time.format(at));
};

/** `2026年1月1日 08:00（台北時間，UTC+8）`; `at` in epoch milliseconds, as in the others. */
export const timeInTraditional = write('zh-TW', (date, time) => `${date} ${time}（台北時間，UTC+8）`);

/** `2026年1月1日 08:00（台北时间，UTC+8）` */
export const timeInSimplified = write('zh-CN', (date, time) => `${date} ${time}（台北时间，UTC+8）`);

/** `1 January 2026, 08:00 (Taipei time, UTC+8)` */
export const timeInEnglish = write('en-GB', (date, time) => `${date}, ${time} (Taipei time, UTC+8)`);
