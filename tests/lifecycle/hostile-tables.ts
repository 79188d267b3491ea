import { zip } from '@minqing/data/formats/archive/test-zip'
import { workbook } from '@minqing/data/formats/xlsx/test-workbook'
import { header, megabyte, noise, row, type HostileFile } from './hostile-file.ts'

const cells = (count: number, cell: string) => Array.from({ length: count }, () => cell).join(',')
const sheetRow = (inner: string) => `<row r="1">${inner}</row>`
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const entities = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, at) => `<!ENTITY ${'b'.repeat(at + 1)} "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">`).join('')}]>`

/** Text tables and workbooks of today's Excel. */
export const hostileTables: HostileFile[] = [
  { what: 'nothing', name: 'a.csv', content: () => '' },
  { what: 'a byte-order mark alone', name: 'a.csv', content: () => '\ufeff' },
  { what: 'noise as a table', name: 'a.csv', content: () => noise(4 * megabyte) },
  { what: 'noise as a workbook', name: 'a.xlsx', content: () => noise(megabyte) },
  {
    what: 'noise after a zip’s mark',
    name: 'a.xlsx',
    content: () => Buffer.concat([Buffer.from('PK\u0003\u0004'), noise(megabyte)]),
  },
  { what: 'zeros', name: 'a.csv', content: () => Buffer.alloc(8 * megabyte) },
  { what: 'one line without an end', name: 'a.csv', content: () => header + 'x'.repeat(40 * megabyte) },
  { what: 'a quote that never closes', name: 'a.csv', content: () => `${header}1,"${'x\n'.repeat(10 * megabyte)}` },
  { what: 'a million columns', name: 'a.csv', content: () => `${cells(1_000_000, 'x')}\n${cells(1_000_000, '1')}\n` },
  { what: 'a million cells in one row', name: 'a.csv', content: () => `${header}${cells(1_000_000, '1')}\n` },
  { what: 'ten million empty lines', name: 'a.csv', content: () => header + '\n'.repeat(10_000_000) },
  { what: 'quotes and nothing else', name: 'a.csv', content: () => header + '"'.repeat(5 * megabyte) },
  {
    what: 'a cell of ten million characters',
    name: 'a.csv',
    content: () => `${header}1,${'长'.repeat(3_500_000)},114.3,30.6,2024-05-01\n`,
  },
  {
    what: 'columns named like the parts of objects',
    name: 'a.csv',
    content: () => '__proto__,constructor,toString,经度,纬度,时间\n1,2,3,114.3,30.6,2024-05-01\n',
  },
  {
    what: 'formulas',
    name: 'a.csv',
    content: () => `${header}=cmd|'/c calc'!A1,"=HYPERLINK(""x"")",114.3,30.6,去年\n`,
  },
  {
    what: 'not-a-number and infinity',
    name: 'a.csv',
    content: () => `${header}1,a,NaN,Infinity,2024-05-01\n2,b,1e400,-1e400,2024-05-01\n`,
  },
  {
    what: 'dates from beyond the calendar',
    name: 'a.csv',
    content: () =>
      `${header}1,a,114.3,30.6,99999-99-99\n2,b,114.3,30.6,0000-00-00\n3,c,114.3,30.6,${'9'.repeat(5000)}\n`,
  },
  {
    what: 'numbers that are slow to match',
    name: 'a.csv',
    content: () => `${header}1,a,${'1,'.repeat(0)}"${'1,111'.repeat(100_000)}x",30.6,2024-05-01\n`,
  },
  {
    what: 'control characters and NUL',
    name: 'a.csv',
    content: () => `${header}1,\u0000\u0001\u001b[2J,114.3,30.6,2024-05-01\n`,
  },
  {
    what: 'half a character at the end',
    name: 'a.csv',
    content: () => Buffer.concat([Buffer.from(header + row), Buffer.from([0xe4, 0xb8])]),
  },
  {
    what: 'UTF-16 cut in the middle',
    name: 'a.csv',
    content: () => Buffer.from(`\ufeff${header}${row}`, 'utf16le').subarray(0, -1),
  },
  {
    what: 'a zip bomb of a gigabyte',
    name: 'a.xlsx',
    content: () => zip({ name: 'xl/workbook.xml', content: Buffer.alloc(256 * megabyte), size: 1024 * megabyte }),
  },
  {
    what: 'a sheet that inflates a thousandfold',
    name: 'a.xlsx',
    content: () => workbook([{ name: '表', rows: sheetRow(text(' '.repeat(64 * megabyte))) }]),
  },
  {
    what: 'strings that inflate a thousandfold',
    name: 'a.xlsx',
    content: () =>
      workbook([{ name: '表', rows: sheetRow('<c t="s"><v>0</v></c>') }], {
        strings: `<si><t>${'a'.repeat(64 * megabyte)}</t></si>`,
      }),
  },
  {
    what: 'entries that share their bytes',
    name: 'a.xlsx',
    content: () =>
      zip(
        { name: 'a', content: Buffer.alloc(megabyte) },
        ...Array.from({ length: 200 }, (_, at) => ({
          name: `b${at}`,
          content: Buffer.alloc(megabyte),
          offset: 0,
          nothing: true,
        })),
      ),
  },
  {
    what: 'an archive that says it is encrypted',
    name: 'a.xlsx',
    content: () => zip({ name: 'xl/workbook.xml', content: 'x', flags: 1 }),
  },
  {
    what: 'a workbook cut in the middle',
    name: 'a.xlsx',
    content: () => workbook([{ name: '表', rows: sheetRow(text('编号')) }]).subarray(0, 400),
  },
  {
    what: 'a cell in column one million',
    name: 'a.xlsx',
    content: () => workbook([{ name: '表', rows: '<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>' }]),
  },
  {
    what: 'a merge over the whole sheet',
    name: 'a.xlsx',
    content: () =>
      workbook([
        {
          name: '表',
          rows: sheetRow(text('编号')),
          after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        },
      ]),
  },
  {
    what: 'a shared string that is not there',
    name: 'a.xlsx',
    content: () => workbook([{ name: '表', rows: sheetRow('<c t="s"><v>99999999</v></c>') }]),
  },
  {
    what: 'a workbook with entities',
    name: 'a.xlsx',
    content: () =>
      zip({
        name: 'xl/workbook.xml',
        content: `<?xml version="1.0"?>${entities}<workbook>&bbbbbbbbbbbbbbbbbbbb;</workbook>`,
      }),
  },
  {
    what: 'a header of almost two million columns',
    name: 'a.csv',
    content: () => `${cells(1_750_000, 'x')}\n${row}`,
  },
  {
    what: 'a column named by a million blanks',
    name: 'a.csv',
    content: () => `编号,标${' '.repeat(900_000)}题,时间\n1,好,2024-05-01\n`,
  },
  {
    what: 'a cell of quotes in pairs alone',
    name: 'a.csv',
    content: () => `${header}1,"${'""'.repeat(1_900_000)}",114.3,30.6,2024-05-01\n`,
  },
  {
    what: 'a million digits for a number',
    name: 'a.csv',
    content: () => `${header}1,a,${'1'.repeat(900_000)}x,30.6,2024-05-01\n`,
  },
  {
    what: 'a million blanks for an angle',
    name: 'a.csv',
    content: () => `编号,标题,坐标,时间\n1,a,1${' N'.repeat(450_000)}x,2024-05-01\n`,
  },
  {
    what: 'a million blanks in well-known text',
    name: 'a.csv',
    content: () => `编号,标题,geometry,时间\n1,a,POINT${' '.repeat(900_000)}x,2024-05-01\n`,
  },
  {
    what: 'a cell in the last column of every row',
    name: 'a.xlsx',
    content: () =>
      workbook([
        {
          name: '表',
          rows: sheetRow(text('编号') + text('时间')) + '<row><c r="XFD1"><v>1</v></c></row>'.repeat(100_000),
        },
      ]),
  },
]
