import { expect, test } from 'vitest'
import { decodeHolidayFile, loadedYears, readHolidayFile, withLoadedYears } from './holiday-file.ts'
import { nationalYears } from './national-holidays.ts'

const days = (text: string) =>
  readHolidayFile(text).flatMap((year) => year.days.map(({ date, kind, name }) => `${date} ${kind} ${name}`))
const saying = (row: number, words: string) =>
  expect.objectContaining({
    code: 'bad_parameter',
    detail: expect.objectContaining({ zh: expect.stringMatching(`第 ${row} 行：.*${words}`) }),
  })

const expected = [
  '2027-01-01 holiday 元旦',
  '2027-01-02 workday 元旦',
  '2027-02-01 holiday 春节',
  '2027-02-02 holiday 春节',
]

test.each([
  ['CSV without headings', '2027-01-01,放假,元旦\n2027-01-02,上班,元旦\n2027-02-01,放假,春节\n2027-02-02,放假,春节'],
  [
    'CSV with headings in another order, several days in a row',
    '\uFEFF名称,类型,开始日期,截止日期\r\n春节,放假,2027/2/1,2027/2/2\r\n"元旦",调休,20270102,\r\n\r\n元旦,休,2027年1月1日,2027年1月1日\r\n',
  ],
  [
    'JSON',
    JSON.stringify([
      { date: '2027-02-01', until: '2027-02-02', kind: 'holiday', name: '春节' },
      { date: '2027-01-01', kind: 'holiday', name: '元旦' },
      { date: '2027-01-02', kind: 'workday', name: '元旦' },
    ]),
  ],
])('%s is read', (_, text) => {
  expect(days(text)).toEqual(expected)
})

test('the notice of 2026 as a file gives what is built in', () => {
  const national = nationalYears.find(({ year }) => year === 2026)!
  const text = national.days.map(({ date, kind, name }) => `${date},${kind},${name}`).join('\n')
  expect(readHolidayFile(text)).toEqual([national])
  expect(loadedYears([national])).toEqual([{ year: 2026, holidays: 33, workdays: 6 }])
})

test.each([
  ['2027-01-01,放假,元旦\n2027-01-01,放假,元旦', 2, '出现两次'],
  ['date,until,kind\n2027-01-01,2027-01-03,holiday\n2027-01-03,,workday', 3, '出现两次'],
  ['date,until,kind\n\n2027-01-03,2027-01-01,holiday', 3, '早于'],
  ['date,until,kind\n2027-01-03,2027-12-31,holiday', 2, '共 363 天'],
  ['2027-01-04,上班,元旦', 1, '不是周末'],
  ['2027-02-29,放假,春节', 1, '无法识别'],
  ['2127-02-01,放假,春节', 1, '无法识别'],
  ['2027-01-01,假期,元旦', 1, '类型“假期”'],
  ['[{"date":"2027-01-01","kind":"holiday"},{"date":"2027-01-02"}]', 2, '缺少'],
])('the row at fault is named: %j', (text, row, words) => {
  expect(() => readHolidayFile(text)).toThrow(saying(row, words))
})

test('a name is cut, and holds no half of a character', () => {
  const [name] = readHolidayFile(`2027-01-01,放假,${'a'.repeat(19)}𠮷`).flatMap((year) =>
    year.days.map((day) => day.name),
  )
  expect(name).toBe('a'.repeat(19))
  expect(days('2027-01-01,放假,元\0旦')).toEqual(['2027-01-01 holiday 元旦'])
})

test('what is no file of holidays is refused', () => {
  for (const text of ['', '\n', '[]']) expect(() => readHolidayFile(text)).toThrow('The file holds no days')
  expect(() => readHolidayFile('[{')).toThrow('The file is no valid JSON')
  expect(() => readHolidayFile('<html>')).toThrow('Row 1')
})

test('bytes of a Chinese spreadsheet are read', () => {
  // `2027-01-01,放假,元旦` by `iconv -t GB18030`.
  expect(decodeHolidayFile(Buffer.from('323032372d30312d30312cb7c5bcd92cd4aab5a9', 'hex'))).toBe('2027-01-01,放假,元旦')
  expect(decodeHolidayFile(Buffer.from('放假'))).toBe('放假')
})

test('a year is replaced, and days of the December before are added to theirs', () => {
  const loaded = readHolidayFile('2026-12-31,放假,元旦\n2027-01-01,放假,元旦')
  const own = withLoadedYears([{ year: 2027, days: [{ date: '2027-05-01', kind: 'holiday', name: '' }] }], loaded)
  expect(own.map(({ year, days: of }) => [year, of.length, of.at(-1)?.date])).toEqual([
    [2026, 40, '2026-12-31'],
    [2027, 1, '2027-01-01'],
  ])
})
