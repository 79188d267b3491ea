import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, it } from 'vitest'
import { layoutPage, mapFrame } from './layout.ts'
import { PixelCompressor } from './png-stream.ts'
import { testContent, testFacts, testMeasure } from './test-page.ts'
import { PdfWriter } from './write-pdf.ts'

const root = join(import.meta.dirname, '../../..')
/** Addresses of files begin at the root of the repository, where the tests run. */
const fetchFile = async (path: string) => {
  const bytes = await readFile(join(root, path))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
}

async function page(): Promise<Uint8Array> {
  const content = testContent({ sheet: 'a3' })
  const map = mapFrame(content, testMeasure)
  const facts = { title: content.texts.title, subject: '', author: '望澜街道', language: 'zh-CN', made: new Date(0) }
  const writer = await PdfWriter.create(facts, fetchFile)
  const compressor = new PixelCompressor(8)
  await compressor.add({ data: new Uint8ClampedArray(8 * 6 * 4).fill(120), width: 8, height: 6 })
  const picture = { rows: await compressor.finish(), width: 8, height: 6 }
  await writer.addPage(layoutPage(content, testFacts(map.width, map.height), testMeasure), picture)
  return new Uint8Array(await (await writer.save()).arrayBuffer())
}

it('writes Chinese that can be searched, in the fonts of the app, at the size of the sheet', async () => {
  const bytes = await page()
  const { length } = bytes
  const document = await getDocument({ data: bytes, useSystemFonts: false }).promise
  const first = await document.getPage(1)
  const { items } = await first.getTextContent()
  const text = items.map((item) => ('str' in item ? item.str : '')).join('')
  for (const wanted of [
    '望澜街道案件分布图',
    '内部使用',
    '骉湾里',
    '≥105',
    '审图号：某S（2026）001号',
    '114°21′E',
    '1:5,000',
  ])
    expect(text).toContain(wanted)
  const [, , width = 0, height = 0] = first.view
  expect(width / 72).toBeCloseTo(420 / 25.4, 3)
  expect(height / 72).toBeCloseTo(297 / 25.4, 3)
  expect((await document.getMetadata()).info).toMatchObject({ Title: '望澜街道案件分布图', Author: '望澜街道' })
  // Two whole fonts would be 3 MB.
  expect(length).toBeLessThan(200_000)
})

it('takes the rows of the picture as they are in a PNG', async () => {
  const bytes = Buffer.from(await page())
  const at = bytes.indexOf('/Subtype /Image')
  const from = bytes.indexOf('stream', at) + 'stream'.length + 1
  // The object ends with its stream; zlib stops where its data ends.
  const rows = inflateSync(bytes.subarray(from))
  expect(rows.length).toBe((8 * 3 + 1) * 6)
})
