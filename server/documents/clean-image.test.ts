import { documentLimits } from '@minqing/data/domain/incident-document'
import { expect, test } from 'vitest'
import { cleanImage } from './clean-image.ts'
import { identifyDocument } from './identify-document.ts'
import { hugePng, lookAt, metadataMarks, sampleImage, withMetadata } from './test-images.ts'

/** The markers of a JPEG's segments up to its picture. */
function segments(jpeg: Uint8Array): number[] {
  const bytes = Buffer.from(jpeg)
  const found: number[] = []
  for (let at = 2; bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    found.push(bytes[at + 1]!)
    if (bytes[at + 1] === 0xda) break
  }
  return found
}

test('a photograph loses what it says of device, place and person, and stands upright', async () => {
  const photograph = withMetadata(await sampleImage('jpeg'))
  for (const mark of metadataMarks) expect(photograph.includes(mark), mark).toBe(true)
  expect(segments(photograph)).toContain(0xe1)
  expect(await lookAt(photograph)).toMatchObject({ width: 60, height: 40 })

  const cleaned = await cleanImage('jpeg', photograph)
  expect(cleaned).toMatchObject({ type: 'image/jpeg', width: 40, height: 60 })
  const bytes = Buffer.from(cleaned.bytes)
  for (const mark of [...metadataMarks, 'Exif', 'http']) expect(bytes.includes(mark), mark).toBe(false)
  // No application segment but JFIF's own, and no comment.
  expect(segments(bytes).filter((marker) => (marker > 0xe0 && marker <= 0xef) || marker === 0xfe)).toEqual([])
  expect(bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
  // Turned to the right: what was at the left, red, is above.
  const { above, below, ...size } = await lookAt(bytes)
  expect(size).toEqual({ width: 40, height: 60 })
  expect([above[0]! > 200, above[2]! < 60, below[0]! < 60, below[2]! > 200]).toEqual([true, true, true, true])
})

test.each(['png', 'webp', 'avif'] as const)('a %s is taken and written again', async (format) => {
  const sent = await sampleImage(format)
  const kind = identifyDocument(sent)
  expect(kind).toBe(format)
  const cleaned = await cleanImage(format, sent)
  expect(cleaned).toMatchObject({ type: format === 'png' ? 'image/png' : 'image/jpeg', width: 60, height: 40 })
  expect(identifyDocument(cleaned.bytes)).toBe(format === 'png' ? 'png' : 'jpeg')
})

test('a large image becomes as large as it may be', async () => {
  const sent = await sampleImage('jpeg', documentLimits.side + 1000, 300)
  const { width, height } = await cleanImage('jpeg', sent)
  expect([width, height]).toEqual([
    documentLimits.side,
    Math.round((300 * documentLimits.side) / (documentLimits.side + 1000)),
  ])
})

test('an image of more pixels than may be is refused before it is decoded', async () => {
  const bomb = hugePng(60_000)
  expect(bomb.length).toBeLessThan(50_000)
  await expect(cleanImage('png', bomb)).rejects.toMatchObject({ code: 'too_large' })
})

test('what is damaged or another kind than it says is refused', async () => {
  const jpeg = await sampleImage('jpeg')
  const png = await sampleImage('png')
  await expect(cleanImage('png', png.subarray(0, png.length / 2))).rejects.toMatchObject({ code: 'bad_parameter' })
  await expect(cleanImage('jpeg', jpeg.subarray(0, 30))).rejects.toMatchObject({ code: 'bad_parameter' })
  await expect(cleanImage('png', jpeg)).rejects.toMatchObject({ code: 'bad_parameter' })
  const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1/"/></svg>')
  expect(identifyDocument(script)).toBeUndefined()
  await expect(cleanImage('webp', script)).rejects.toMatchObject({ code: 'bad_parameter' })
})

test('one that needs more memory than is allowed is refused, and the next one is taken', async () => {
  const photograph = await sampleImage('jpeg')
  const small = { heap: 128, memory: 60, computing: 30, silence: 30_000 }
  await expect(cleanImage('jpeg', photograph, small)).rejects.toMatchObject({ code: 'bad_parameter' })
  expect(await cleanImage('jpeg', photograph)).toMatchObject({ width: 60 })
})

test('files are known by their content', () => {
  const start = (text: string) => identifyDocument(Buffer.from(text, 'latin1'))
  expect(start('%PDF-1.7\n')).toBe('pdf')
  expect(start('\0\0\0\x18ftypheic\0\0\0\0')).toBe('heif')
  for (const text of ['', ' %PDF-1.7', 'MZ\x90\0', 'PK\x03\x04', 'GIF89a', '<!doctype html>', 'push graphic-context'])
    expect(start(text), text).toBeUndefined()
})
