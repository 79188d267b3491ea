const signatureLength = 8
/** Length, type, 13 bytes of data and checksum of the header chunk, which always comes first. */
const headerChunkLength = 4 + 4 + 13 + 4

/**
 * A PNG with its resolution in dots per inch (chunk `pHYs`, PNG 1.2 §4.2.4.2), so that an A4 poster prints as A4.
 * Browsers write none.
 */
export function withDensity(png: Uint8Array, dotsPerInch: number): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(4 + 4 + 9 + 4)
  const view = new DataView(chunk.buffer)
  const dotsPerMetre = Math.round(dotsPerInch / 0.0254)
  view.setUint32(0, 9)
  chunk.set([0x70, 0x48, 0x59, 0x73], 4)
  view.setUint32(8, dotsPerMetre)
  view.setUint32(12, dotsPerMetre)
  view.setUint8(16, 1)
  view.setUint32(17, crc32(chunk.subarray(4, 17)))

  const split = signatureLength + headerChunkLength
  const result = new Uint8Array(png.length + chunk.length)
  result.set(png.subarray(0, split))
  result.set(chunk, split)
  result.set(png.subarray(split), split + chunk.length)
  return result
}

/** CRC-32 of ISO 3309, as PNG's chunks carry it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
