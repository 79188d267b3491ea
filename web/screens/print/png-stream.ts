/** Bytes of one chunk of picture data. */
const chunkSize = 1 << 16

/** Pixels of some rows, as a canvas gives them: four bytes each, whose opacity is not written. */
export type PixelRows = { data: Uint8ClampedArray; width: number; height: number }

/**
 * Rows of pixels as they are in a PNG: each filtered by what makes it smallest (PNG 1.2 §9), and all compressed (zlib).
 * A PDF takes the same bytes as a picture with predictor 15. Of the pixels only the rows of one call are held.
 */
export class PixelCompressor {
  readonly #width: number
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>
  readonly #parts: Promise<Blob>
  #above: Uint8Array

  constructor(width: number) {
    this.#width = width
    this.#above = new Uint8Array(width * 3)
    const { readable, writable } = new CompressionStream('deflate')
    this.#writer = writable.getWriter()
    // A blob, because browsers keep large ones out of the page's memory.
    this.#parts = new Response(readable).blob()
  }

  /** @throws RangeError when the rows have another width */
  async add({ data, width, height }: PixelRows): Promise<void> {
    if (width !== this.#width) throw new RangeError(`rows of ${width} pixels in a picture of ${this.#width}`)
    const bytes = width * 3
    const filtered = new Uint8Array((bytes + 1) * height)
    for (let row = 0; row < height; row++) {
      const own = new Uint8Array(bytes)
      for (let pixel = 0, from = row * width * 4; pixel < bytes; pixel += 3, from += 4) {
        own[pixel] = data[from]!
        own[pixel + 1] = data[from + 1]!
        own[pixel + 2] = data[from + 2]!
      }
      filterRow(own, this.#above, filtered.subarray(row * (bytes + 1), (row + 1) * (bytes + 1)))
      this.#above = own
    }
    await this.#writer.write(filtered)
  }

  async finish(): Promise<Blob> {
    await this.#writer.close()
    return this.#parts
  }

  async abort(reason: unknown): Promise<void> {
    void this.#parts.catch(() => undefined)
    await this.#writer.abort(reason)
  }
}

/** Filters a row by its left neighbours (1) or by the row above (2), whichever leaves less. */
function filterRow(row: Uint8Array, above: Uint8Array, into: Uint8Array): void {
  let [left, up] = [0, 0]
  for (let i = 0; i < row.length; i++) {
    left += distance(row[i]! - (i < 3 ? 0 : row[i - 3]!))
    up += distance(row[i]! - above[i]!)
  }
  const byLeft = left < up
  into[0] = byLeft ? 1 : 2
  if (byLeft) for (let i = 0; i < row.length; i++) into[i + 1] = row[i]! - (i < 3 ? 0 : row[i - 3]!)
  else for (let i = 0; i < row.length; i++) into[i + 1] = row[i]! - above[i]!
}

/** How far a difference of bytes is from zero, modulo 256. */
function distance(difference: number): number {
  const byte = difference & 255
  return byte > 128 ? 256 - byte : byte
}

/** A PNG file of compressed rows, eight bits a channel, with its resolution so that an A4 page prints as A4. */
export async function pngFile(
  compressed: Blob,
  { width, height, dotsPerInch }: { width: number; height: number; dotsPerInch: number },
): Promise<Blob> {
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  header.setUint8(8, 8)
  header.setUint8(9, 2)
  const density = new DataView(new ArrayBuffer(9))
  const dotsPerMetre = Math.round(dotsPerInch / 0.0254)
  density.setUint32(0, dotsPerMetre)
  density.setUint32(4, dotsPerMetre)
  density.setUint8(8, 1)
  const parts: BlobPart[] = [
    signature,
    ...chunk('IHDR', new Uint8Array(header.buffer)),
    ...chunk('pHYs', new Uint8Array(density.buffer)),
  ]
  for (let at = 0; at < compressed.size; at += chunkSize)
    parts.push(...chunk('IDAT', new Uint8Array(await compressed.slice(at, at + chunkSize).arrayBuffer())))
  parts.push(...chunk('IEND', new Uint8Array(0)))
  return new Blob(parts, { type: 'image/png' })
}

/** Length, name, data and checksum. */
function chunk(name: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const head = new Uint8Array(8)
  new DataView(head.buffer).setUint32(0, data.length)
  head.set(new TextEncoder().encode(name), 4)
  const end = new Uint8Array(4)
  new DataView(end.buffer).setUint32(0, crc32(data, crc32(head.subarray(4))))
  return [head, data, end]
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  return crc
})

/** CRC-32 of ISO 3309, as PNG's chunks carry it; `before` is that of the bytes in front. */
function crc32(bytes: Uint8Array, before = 0): number {
  let crc = before ^ 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255]!
  return (crc ^ 0xffffffff) >>> 0
}
