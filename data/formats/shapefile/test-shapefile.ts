import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TextDecoder } from 'node:util'
import type { Position } from 'geojson'
import { onTestFinished } from 'vitest'
import type { Bytes } from '../source-row.ts'
import { onDisk } from '../test-bytes.ts'

/** A record of a `.shp`: null, a point, or parts of a line (3), polygon (5), with Z (13, 15) or M (23, 25). */
export type TestShape = null | { point: Position } | { type: 3 | 5 | 13 | 15 | 23 | 25; parts: Position[][] }

export function shp(shapes: readonly TestShape[], box = [114, 30, 115, 31]): Buffer {
  const records = shapes.map((shape, i) => {
    const content = contentOf(shape)
    const header = Buffer.alloc(8)
    header.writeInt32BE(i + 1, 0)
    header.writeInt32BE(content.length / 2, 4)
    return Buffer.concat([header, content])
  })
  const body = Buffer.concat(records)
  const header = Buffer.alloc(100)
  header.writeInt32BE(9994, 0)
  header.writeInt32BE((100 + body.length) / 2, 24)
  header.writeInt32LE(1000, 28)
  header.writeInt32LE(5, 32)
  box.forEach((value, i) => header.writeDoubleLE(value, 36 + i * 8))
  return Buffer.concat([header, body])
}

function contentOf(shape: TestShape): Buffer {
  if (shape === null) return Buffer.alloc(4)
  if ('point' in shape) {
    const content = Buffer.alloc(20)
    content.writeInt32LE(1, 0)
    shape.point.forEach((value, i) => content.writeDoubleLE(value, 4 + i * 8))
    return content
  }
  const points = shape.parts.flat()
  const extra = shape.type > 10 ? 16 + points.length * 8 : 0
  const content = Buffer.alloc(44 + shape.parts.length * 4 + points.length * 16 + extra)
  content.writeInt32LE(shape.type, 0)
  content.writeInt32LE(shape.parts.length, 36)
  content.writeInt32LE(points.length, 40)
  let start = 0
  shape.parts.forEach((part, i) => {
    content.writeInt32LE(start, 44 + i * 4)
    start += part.length
  })
  points.forEach(([x = 0, y = 0], i) => {
    const at = 44 + shape.parts.length * 4 + i * 16
    content.writeDoubleLE(x, at)
    content.writeDoubleLE(y, at + 8)
  })
  return content
}

type TestField = { name: Uint8Array | string; type: string; length: number; decimals?: number }

/** A dBase table; a row that is a string alone is written as it is, mark of deletion and all. */
export function dbf(
  fields: readonly TestField[],
  rows: readonly (readonly (Uint8Array | string)[])[],
  driver = 0,
): Buffer {
  const recordLength = 1 + fields.reduce((sum, { length }) => sum + length, 0)
  const header = Buffer.alloc(33 + fields.length * 32)
  header[0] = 3
  header.writeUInt32LE(rows.length, 4)
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(recordLength, 10)
  header[29] = driver
  fields.forEach(({ name, type, length, decimals = 0 }, i) => {
    Buffer.from(name as string).copy(header, 32 + i * 32, 0, 10)
    header.write(type, 43 + i * 32)
    header[48 + i * 32] = length
    header[49 + i * 32] = decimals
  })
  header[header.length - 1] = 0x0d
  const records = rows.map((cells) => {
    const record = Buffer.alloc(recordLength, ' ')
    let at = 1
    fields.forEach(({ length }, i) => {
      Buffer.from((cells[i] ?? '') as string).copy(record, at, 0, length)
      at += length
    })
    return record
  })
  return Buffer.concat([header, ...records])
}

/** Text as GBK: the table that the platform only knows how to read, turned round. */
export function gbk(text: string): Buffer {
  return Buffer.concat(
    Array.from(text, (character) =>
      character < '\u0080' ? Buffer.from(character) : (gbkCodes().get(character) ?? Buffer.from('?')),
    ),
  )
}

let codes: Map<string, Buffer> | null = null
function gbkCodes(): Map<string, Buffer> {
  if (codes !== null) return codes
  const decoder = new TextDecoder('gbk')
  codes = new Map()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const pair = Buffer.from([lead, trail])
      const character = decoder.decode(pair)
      if (character.length === 1 && !codes.has(character)) codes.set(character, pair)
    }
  return codes
}

/** Files beside each other in a folder of their own; the one named first is opened. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Bytes {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'minqing-files-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return onDisk(join(folder, Object.keys(files)[0] ?? ''))
}
