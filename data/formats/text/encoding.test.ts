import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../csv/csv.ts'
import type { Encoding } from '../../domain/file-format.ts'
import { decode, detectEncoding, parseEncoding } from './encoding.ts'
import { FileProblem } from '../file-problem.ts'
import type { Bytes } from '../source-row.ts'
import { testData } from '../../test-data.ts'
import { allRows, inMemory, onDisk } from '../test-bytes.ts'

async function read(bytes: Bytes, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const piece of decode(bytes, encoding)) text += piece
  return text
}

const ledger = '编号,标题\r\n1,楼道堆物影响消防通道，居民多次反映\r\n2,邻里噪音\r\n'
/** The ledger's bytes in GB18030, made by `iconv -t GB18030`. */
const ledgerGb18030 = Buffer.from(
  'b1e0bac52cb1eacce20d0a312cc2a5b5c0b6d1ceefd3b0cfeccffbb7c0cda8b5c0a3acbed3c3f1b6e0b4ceb7b4d3b30d0a322cc1dac0efd4ebd2f40d0a',
  'hex',
)
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('detecting an encoding', () => {
  it.each([
    ['utf-8', Buffer.from(ledger)],
    ['utf-8', Buffer.from(`\ufeff${ledger}`)],
    ['utf-16le', Buffer.from(`\ufeff${ledger}`, 'utf16le')],
    ['utf-16le', Buffer.from(ledger, 'utf16le')],
    ['utf-16be', utf16be(`\ufeff${ledger}`)],
    ['utf-16be', utf16be(ledger)],
    ['gb18030', ledgerGb18030],
  ] as const)('proves %s and reads the same text', async (encoding, bytes) => {
    for (const piece of [1, 2, 3, 1000]) {
      const file = inMemory('ledger.csv', bytes, Math.max(piece, 2))
      expect(await detectEncoding(file)).toBe(encoding)
      expect(await read(inMemory('ledger.csv', bytes, piece), encoding)).toBe(ledger)
    }
  })

  it('proves Big5, the traditional characters of Taiwan and Hong Kong', async () => {
    const bytes = Buffer.from(
      'aed7a5f3bd73b8b92cc3feabac2ca661a77d2cb867abd72cbd6eabd72ca4baae650a41312cbe46a8bdaac8afc92ca4a4a473a55fb8f4a447ac71a57ca451a4adabd12c3132312e352c32352e30352ca454bcd3ba7ca4f4a8eca447bcd3abc8c655a4d1aae1aa4f0a',
      'hex',
    )
    expect(await detectEncoding(inMemory('ledger.csv', bytes, 7))).toBe('big5')
    expect(await read(inMemory('ledger.csv', bytes), 'big5')).toContain('鄰里糾紛,中山北路二段四十五巷')
  })

  it.each([
    ['Latin-1', Buffer.from('name\nStraße, Café, Müller\n', 'latin1')],
    ['a few signs of Big5', Buffer.from('a6d1c2c2aac0b0cfaac8afc9bdd5b8d10a', 'hex')],
    ['half a character', Buffer.concat([Buffer.from('标题'), Buffer.from([0xe6, 0xa0])])],
  ])('asks instead of guessing at %s', async (_, bytes) => {
    await expect(detectEncoding(inMemory('table.csv', bytes))).rejects.toThrow(/--encoding/)
  })

  it('names the line in which a file of UTF-8 has half a character', async () => {
    const rows = ['编号,标题,类型', 'A1,三楼漏水扰邻,邻里纠纷', 'A2,楼道堆物影', 'A3,路灯不亮,设施报修']
    const bytes = rows.map((row, at) => Buffer.from(row).subarray(0, at === 2 ? -1 : undefined))
    const file = Buffer.concat(bytes.flatMap((row) => [row, Buffer.of(10)]))
    await expect(detectEncoding(inMemory('截断.csv', file))).rejects.toThrow('是 UTF-8，但第 3 行有不完整的字符')
  })

  it('says where a file is not what it was said to be', async () => {
    await expect(read(inMemory('table.csv', ledgerGb18030), 'utf-8')).rejects.toThrow(FileProblem)
    expect(parseEncoding('GBK')).toBe('gb18030')
    expect(parseEncoding('UTF8')).toBe('utf-8')
    expect(parseEncoding('klingon')).toBeNull()
  })

  it('loses no character at a seam', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, piece) => {
          fc.pre(text.isWellFormed() && !text.startsWith('\ufeff'))
          expect(await read(inMemory('text', Buffer.from(text), piece), 'utf-8')).toBe(text)
          expect(await read(inMemory('text', Buffer.from(text, 'utf16le'), piece), 'utf-16le')).toBe(text)
        },
      ),
    )
  })

  const names = ['gbk.csv', 'tab.txt', 'utf16le.csv', 'utf8_bom.csv'].map((name) =>
    testData(`dirty/waterlogging_${name}`),
  )
  it.skipIf(names.includes(null))('reads one ledger in four forms as the same rows (needs shared/data)', async () => {
    const tables = []
    for (const name of names) {
      const file = onDisk(name ?? '')
      const source = await readCsv(decode(file, await detectEncoding(file)))
      tables.push([source.columns, ...(await allRows(source)).map(({ cells }) => cells)])
    }
    expect(tables[0]).toHaveLength(10)
    for (const table of tables) expect(table).toEqual(tables[0])
  })

  it('knows UTF-16 without a mark by its zero bytes, also among characters that have one themselves', async () => {
    const text = '编号\t地址\n1\t一元路一号\u3000一楼\n'
    const wide = Buffer.from(text, 'utf16le')
    expect(await detectEncoding(inMemory('a.txt', wide))).toBe('utf-16le')
    expect(await detectEncoding(inMemory('a.txt', Buffer.from(wide).swap16()))).toBe('utf-16be')
    // A binary file with many zeros is no text.
    await expect(detectEncoding(inMemory('a.bin', Buffer.from([1, 0, 2, 0, 0xff, 0, 0xd8, 0])))).rejects.toThrow(/编码/)
  })
})
