import { zip } from '@minqing/data/formats/archive/test-zip'
import { compoundFile, words, workbook, type TestRecord } from '@minqing/data/formats/xls/test-workbook'
import { megabyte, noise, type HostileFile } from './hostile-file.ts'

const number = (row: number, column: number): TestRecord => [
  0x203,
  Buffer.concat([words(row, column, 0), Buffer.alloc(8, 1)]),
]
const xls = (sheet: readonly TestRecord[], globals: TestRecord[] = []) => compoundFile(workbook(sheet, { globals }))
/** Texts of a workbook that say they are many, with so many bytes of them. */
const sharedTexts = (bytes: number): TestRecord[] => [
  [0xfc, words({ long: 0xffff_ffff }, { long: 0xffff_ffff })],
  ...Array.from({ length: Math.floor(bytes / 8_000) }, (): TestRecord => [0x3c, Buffer.alloc(8_000, 0x41)]),
]
const ods = (content: string) =>
  zip(
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
    {
      name: 'content.xml',
      content: `<office:document-content xmlns:office="a" xmlns:table="b" xmlns:text="c"><table:table>${content}</table:table></office:document-content>`,
    },
  )
const textCell = (repeats: number) =>
  `<table:table-cell office:value-type="string" table:number-columns-repeated="${repeats}"><text:p>x</text:p></table:table-cell>`

/** Old workbooks, OpenDocument and web pages. */
export const hostileSpreadsheets: HostileFile[] = [
  {
    what: 'noise after the mark of a compound file',
    name: 'a.xls',
    content: () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), noise(4 * megabyte)]),
  },
  {
    what: 'sectors in a circle',
    name: 'a.xls',
    content: () => compoundFile(Buffer.alloc(megabyte), { table: (next) => (next[100] = 7) }),
  },
  {
    what: 'sectors all over the file',
    name: 'a.xls',
    content: () =>
      scattered(
        xls(
          Array.from({ length: 60_000 }, (_, row) => number(row, 0)).concat(
            Array.from({ length: 600_000 }, () => number(60_000, 1)),
          ),
        ),
      ),
  },
  { what: 'four thousand million texts that are not there', name: 'a.xls', content: () => xls([], sharedTexts(8_000)) },
  { what: 'a hundred megabytes of texts', name: 'a.xls', content: () => xls([], sharedTexts(100 * megabyte)) },
  {
    what: 'a cell in the last column of every row',
    name: 'a.xls',
    content: () => xls(Array.from({ length: 65_536 }, (_, row) => number(row, 255))),
  },
  {
    what: 'a million charts in a sheet',
    name: 'a.xls',
    content: () => xls(Array.from({ length: 1_000_000 }, (): TestRecord => [0x809, words(0x600, 0x20)])),
  },
  {
    what: 'joined cells over everything, a hundred thousand times',
    name: 'a.xls',
    content: () =>
      xls([
        ...Array.from({ length: 20_000 }, (_, row) => number(row, 0)),
        ...Array.from({ length: 100 }, (): TestRecord => [
          0xe5,
          Buffer.concat([words(1_000), ...Array.from({ length: 1_000 }, () => words(1, 0xffff, 0, 255))]),
        ]),
      ]),
  },
  {
    what: 'cells and rows repeated to the end of the world',
    name: 'a.ods',
    content: () =>
      ods(`<table:table-row table:number-rows-repeated="2147483647">${textCell(2_147_483_647)}</table:table-row>`),
  },
  {
    what: 'many rows of a thousand repeated cells',
    name: 'a.ods',
    content: () => ods(`<table:table-row>${textCell(16_000)}</table:table-row>`.repeat(100_000)),
  },
  {
    what: 'a million empty tables',
    name: 'a.ods',
    content: () => ods('</table:table><table:table>'.repeat(1_000_000)),
  },
  { what: 'tables in tables a million deep', name: 'a.ods', content: () => ods('<table:table>'.repeat(1_000_000)) },
  { what: 'tags a million deep', name: 'a.html', content: () => `<html><table>${'<b>'.repeat(1_000_000)}` },
  {
    what: 'closing tags that close nothing, a million times',
    name: 'a.html',
    content: () => `<html><table>${'<i>'.repeat(240)}${'</u>'.repeat(1_000_000)}`,
  },
  { what: 'a tag with a million attributes', name: 'a.html', content: () => `<html ${'a=1 '.repeat(1_000_000)}>` },
  {
    what: 'cells that span everything',
    name: 'a.html',
    content: () => `<html><table>${'<tr><td rowspan=65534 colspan=1000>x</td></tr>'.repeat(100_000)}</table>`,
  },
  {
    what: 'entities and nothing else',
    name: 'a.html',
    content: () => `<html><table><tr><td>${'&amp'.repeat(2_000_000)}`,
  },
  {
    what: 'a comment that does not end',
    name: 'a.html',
    content: () => `<html><table><!--${'-'.repeat(20 * megabyte)}`,
  },
]

/** The same compound file with the sectors of its stream in an order that no disk would choose. */
function scattered(file: Buffer): Buffer {
  const copy = Buffer.from(file)
  const size = 2 ** file.readUInt16LE(30)
  const sector = (at: number) => (at + 1) * size
  const directory = file.readUInt32LE(48)
  const first = file.readUInt32LE(76)
  const next = (at: number) => sector(first) + at * 4
  // A stride that has no divisor in common with the number of sectors visits each once.
  const stride = 104_729
  const place = (at: number) => (at * stride) % directory
  for (let at = 0; at < directory; at++) {
    file.copy(copy, sector(place(at)), sector(at), sector(at + 1))
    copy.writeUInt32LE(at + 1 === directory ? 0xffff_fffe : place(at + 1), next(place(at)))
  }
  return copy
}
