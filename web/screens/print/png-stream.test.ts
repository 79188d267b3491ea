import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { pngFile, PixelCompressor } from './png-stream.ts'

const width = 37
const height = 50

/** Noise in the upper half, one colour in the lower one. */
const pixels = Uint8ClampedArray.from({ length: width * height * 4 }, (_, index) =>
  index % 4 === 3 ? 255 : index < (width * height * 4) / 2 ? (index * 7919) % 251 : 40 + (index % 4),
)

async function compressed(bands: number[]): Promise<Blob> {
  const compressor = new PixelCompressor(width)
  let from = 0
  for (const rows of bands) {
    await compressor.add({ data: pixels.subarray(from * width * 4, (from + rows) * width * 4), width, height: rows })
    from += rows
  }
  return compressor.finish()
}

/** Undoes the filters of PNG 1.2 §6 that name the left and the upper neighbour. */
function unfiltered(bytes: Uint8Array): number[] {
  const stride = width * 3
  const out = new Uint8Array(stride * height)
  for (let row = 0; row < height; row++) {
    const filter = bytes[row * (stride + 1)]
    for (let i = 0; i < stride; i++) {
      const left = i < 3 ? 0 : out[row * stride + i - 3]!
      const above = row === 0 ? 0 : out[(row - 1) * stride + i]!
      out[row * stride + i] = bytes[row * (stride + 1) + 1 + i]! + (filter === 1 ? left : filter === 2 ? above : NaN)
    }
  }
  return [...out]
}

it('keeps every pixel, in whatever bands the rows come', async () => {
  const wanted = [...pixels].filter((_, index) => index % 4 !== 3)
  for (const bands of [[50], [1, 20, 29]]) {
    const bytes = new Uint8Array(await (await compressed(bands)).arrayBuffer())
    expect(unfiltered(inflateSync(bytes))).toEqual(wanted)
  }
})

it('refuses rows of another width', async () => {
  const compressor = new PixelCompressor(10)
  await expect(compressor.add({ data: pixels, width, height })).rejects.toThrow('37')
})

it('writes a file with header, 300 dots to the inch, and checksums', async () => {
  const file = await pngFile(await compressed([50]), { width, height, dotsPerInch: 300 })
  const hex = [...new Uint8Array(await file.arrayBuffer())].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  expect(hex.startsWith('89504e470d0a1a0a0000000d494844520000002500000032_0802000000'.replace('_', ''))).toBe(true)
  // 300 / 0.0254 = 11811 dots a metre; the checksums are what every PNG of 300 dpi, and every end, carries.
  expect(hex).toContain('000000097048597300002e2300002e230178a53f76')
  expect(hex.endsWith('0000000049454e44ae426082')).toBe(true)
})
