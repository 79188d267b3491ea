import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Archive } from './archive/archive.ts'
import { FileProblem } from './file-problem.ts'
import { describeFile, openFile } from './open-file.ts'
import type { Bytes, FileChoices } from './source-row.ts'
import { inMemory } from './test-bytes.ts'
import { spreadsheet } from './ods/test-spreadsheet.ts'
import { compoundFile, words, workbook as workbookStream } from './xls/test-workbook.ts'
import { rows, workbook } from './xlsx/test-workbook.ts'
import { zip } from './archive/test-zip.ts'

/**
 * Whatever a file holds, a reader reads it or refuses it with a sentence, soon and in little memory. A few hundred files
 * of each kind here; `MINQING_FUZZ_RUNS=100000` tries as many, from another seed each time.
 */
const runs = Number(process.env['MINQING_FUZZ_RUNS'] ?? 0)
const options = runs > 0 ? { numRuns: runs } : { numRuns: 250, seed: 20_240_501 }
const timeout = 60_000 + runs * 20

const table = [
  ['序号', '类型', '发生时间', '经度', '纬度', '备注'],
  [1, '邻里纠纷', 45_413.5, 114.3, 30.6, '甲"乙\n丙'],
  [2, '=1+1', '2024年5月1日', '东经114度', '30°35′', null],
  ['合计', null, null, null, null, 2],
] as const
const text = table
  .map((cells) => cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(','))
  .join('\r\n')
const merges = '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B2:B3"/></mergeCells>'
const sheet =
  rows(...table) +
  '<row r="9"><c r="A9" s="1"><v>45413</v></c><c r="B9" t="s"><v>0</v></c><c r="C9" t="e"><v>#N/A</v></c></row>'
const strings = '<si><t>共享</t></si><si><r><t>富</t></r><rPh><t>x</t></rPh></si>'
const square = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
}
const features = JSON.stringify({
  type: 'FeatureCollection',
  crs: { type: 'name', properties: { name: 'EPSG:4490' } },
  features: [
    { type: 'Feature', id: 1, properties: { 名称: '甲', n: 12_345_678_901_234_567n.toString() }, geometry: square },
  ],
})

const oldSheet = workbookStream(
  [
    [0x204, Buffer.concat([words(0, 0, 0, 2), Buffer.from([1]), Buffer.from('编号', 'utf16le')])],
    [0xfd, words(0, 1, 0, { long: 0 })],
    [0xbd, words(1, 0, 0, { long: 30 }, 0, { long: 0x3ff8_0000 }, 1)],
    [0x06, Buffer.concat([words(2, 0, 0), Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff]), Buffer.alloc(8)])],
    [0x207, Buffer.concat([words(300), Buffer.from([0]), Buffer.alloc(200, 65)])],
    [0x3c, Buffer.concat([Buffer.from([1]), Buffer.alloc(200, 65)])],
    [0xe5, words(1, 0, 1, 0, 0)],
  ],
  {
    globals: [
      [0xe0, words(0, 14, 0)],
      [0x41e, Buffer.concat([words(164, 4), Buffer.from([0]), Buffer.from('yyyy')])],
      [0xfc, Buffer.concat([words({ long: 2 }, { long: 2 }, 3), Buffer.from([0x0d]), words(1, { long: 4 })])],
      [0x3c, Buffer.concat([Buffer.from([0]), Buffer.from('abc'), Buffer.alloc(8)])],
    ],
  },
)
const page = `<html><table><caption>台账</caption>${table.map((cells) => `<tr>${cells.map((cell) => `<td rowspan=1 x:num="1">${cell ?? '&nbsp;'}`).join('')}`).join('\n')}</table>`

const seeds: [string, Buffer][] = [
  ['台账.csv', Buffer.from(text)],
  ['台账.csv', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['台账.csv', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['台账.txt', Buffer.from('d0f2bac509c0e0d0cd0a3109b1b8d7a20a', 'hex')],
  ['网格.geojson', Buffer.from(features)],
  ['网格.geojsonl', Buffer.from('{"type":"Feature","properties":{"a":1},"geometry":null}\n'.repeat(3))],
  ['台账.xlsx', workbook([{ name: '表', rows: sheet, after: merges }], { strings, formats: ['yyyy"年"', '000'] })],
  ['台账.xls', compoundFile(oldSheet)],
  ['台账.ods', spreadsheet(table)],
  ['台账.xls', Buffer.from(page)],
  ['包.zip', zip({ name: 'a.txt', content: text, stored: true }, { name: '网格.kml', content: '<kml/>' })],
]

/** A file changed in a few places: bytes overwritten, cut out, put in or repeated. */
const mutation = fc.record({
  kind: fc.constantFrom<'flip' | 'cut' | 'insert' | 'repeat' | 'end'>('flip', 'flip', 'cut', 'insert', 'repeat', 'end'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
})
const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 })
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never

function mutate(content: Buffer, changes: readonly Mutation[]): Buffer {
  let bytes: Buffer = Buffer.from(content)
  for (const { kind, at, length, bytes: own } of changes) {
    const from = Math.floor(at * bytes.length)
    const before = bytes.subarray(0, from)
    const part = bytes.subarray(from, from + length)
    const after = bytes.subarray(from + length)
    if (kind === 'flip') bytes = Buffer.concat([before, own, bytes.subarray(from + own.length)])
    else if (kind === 'cut') bytes = Buffer.concat([before, after])
    else if (kind === 'insert') bytes = Buffer.concat([before, own, part, after])
    else if (kind === 'repeat') bytes = Buffer.concat([before, ...Array.from({ length: 50 }, () => part), after])
    else bytes = Buffer.from(before)
  }
  return bytes
}

/** What is wrong with how reading went, or null: read to its end, or refused with a sentence; what never ends runs into the test's timeout. */
async function wrongIn(...readings: (() => Promise<void>)[]): Promise<string | null> {
  for (const read of readings) {
    try {
      await read()
    } catch (error) {
      if (!(error instanceof FileProblem))
        return error instanceof Error ? (error.stack ?? error.message) : String(error)
      if (!/[\u4e00-\u9fff]/.test(error.label.zh) || error.label.en === '') return 'a refusal without a sentence'
    }
  }
  return null
}

/** Reads a file in every way in which it is read. */
function tryFile(bytes: Bytes, choices: FileChoices = {}): Promise<string | null> {
  return wrongIn(
    async () => void (await describeFile(bytes, choices)),
    () => readAll(bytes, choices),
  )
}

async function readArchive(bytes: Bytes): Promise<void> {
  const archive = await Archive.open(bytes)
  for (const entry of archive.entries) for await (const _ of archive.read(entry));
}

async function readAll(bytes: Bytes, choices: FileChoices): Promise<void> {
  const source = await openFile(bytes, choices)
  let last = 0
  for await (const batch of source.batches)
    for (const row of batch) {
      if (row.ordinal <= last) throw new Error('rows out of order')
      last = row.ordinal
    }
}

const choices = fc.record(
  {
    encoding: fc.constantFrom('utf-8', 'gbk', 'utf-16le', 'utf-16be', 'big5'),
    delimiter: fc.constantFrom(',', '\t', 'tab', '|', '长'),
    headerRow: fc.integer({ min: 1, max: 5 }),
    headerRows: fc.integer({ min: 1, max: 3 }),
    layer: fc.constantFrom('表', '没有'),
  },
  { requiredKeys: [] },
)

describe('files of any content', () => {
  const before = process.memoryUsage().rss

  it.each(seeds)('are read or refused: %s, changed in places', { timeout }, async (name, content) => {
    await fc.assert(
      fc.asyncProperty(mutations, choices, async (changes, said) => {
        expect(await tryFile(inMemory(name, mutate(content, changes)), said)).toBeNull()
      }),
      options,
    )
  })

  it('are read or refused: a workbook whose parts are changed', { timeout }, async () => {
    const part = fc.record({ strings: mutations, sheet: mutations, merges: mutations })
    const changed = (content: string, changes: readonly Mutation[]) =>
      mutate(Buffer.from(content), changes).toString('latin1')
    await fc.assert(
      fc.asyncProperty(part, fc.boolean(), async (changes, since1904) => {
        const one = { name: '表', rows: changed(sheet, changes.sheet), after: changed(merges, changes.merges) }
        const file = workbook([one], { strings: changed(strings, changes.strings), since1904 })
        expect(await tryFile(inMemory('台账.xlsx', file))).toBeNull()
      }),
      options,
    )
  })

  it('are read or refused: random bytes under any name and signature', { timeout }, async () => {
    const names = fc.constantFrom('a.csv', 'a.xlsx', 'a.xls', 'a.geojson', 'a.zip', 'a.txt', 'a')
    const starts = fc.constantFrom('', 'PK\u0003\u0004', '{', '[', '<', '<?xml?>', '\ufeff', 'sep=;\n', '"')
    await fc.assert(
      fc.asyncProperty(names, starts, fc.uint8Array({ maxLength: 2000 }), choices, async (name, start, bytes, said) => {
        expect(await tryFile(inMemory(name, Buffer.concat([Buffer.from(start), bytes])), said)).toBeNull()
      }),
      options,
    )
  })

  it('are read or refused: archives that claim anything', { timeout }, async () => {
    const entry = fc.record({
      name: fc.oneof(fc.string(), fc.constantFrom('xl/workbook.xml', '../x', 'a.shp')),
      content: fc.string(),
      stored: fc.boolean(),
      flags: fc.nat(0xffff),
      method: fc.constantFrom(0, 8, 8, 9),
      size: fc.nat(0xffff_ffff),
      offset: fc.nat(400),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 4 }), async (entries) => {
        expect(await wrongIn(() => readArchive(inMemory('包.zip', zip(...entries))))).toBeNull()
      }),
      options,
    )
  })

  it('take little memory', () => {
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 2 ** 20)
  })
})
