import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateSync, crc32 } from 'node:zlib'
import {
  ImageMagick,
  initializeImageMagick,
  MagickColor,
  MagickColors,
  MagickFormat,
  MagickImage,
  Gravity,
} from '@imagemagick/magick-wasm'

// Images for tests, made here: no picture of anybody.

let loaded: Promise<void> | undefined
function load(): Promise<void> {
  return (loaded ??= initializeImageMagick(
    readFileSync(fileURLToPath(import.meta.resolve('@imagemagick/magick-wasm/magick.wasm'))),
  ))
}

export type SampleFormat = 'jpeg' | 'png' | 'webp' | 'avif'
const formats: Record<SampleFormat, MagickFormat> = {
  jpeg: MagickFormat.Jpeg,
  png: MagickFormat.Png,
  webp: MagickFormat.WebP,
  avif: MagickFormat.Avif,
}

/** An image of which the left half is red and the right half blue. */
export async function sampleImage(format: SampleFormat, width = 60, height = 40): Promise<Buffer> {
  await load()
  const image = MagickImage.create(new MagickColor(255, 0, 0), width, height)
  const right = MagickImage.create(MagickColors.Blue, width / 2, height)
  image.compositeGravity(right, Gravity.East)
  const bytes = image.write(formats[format], (written) => Buffer.from(written))
  image.dispose()
  right.dispose()
  return bytes
}

/** Its size, and what is at the middle of its upper and of its lower half, as red, green and blue. */
export async function lookAt(bytes: Uint8Array) {
  await load()
  return ImageMagick.read(new Uint8Array(bytes), (image) => {
    const { width, height } = image
    const at = (x: number, y: number) =>
      image.getPixels((pixels) => [...(pixels.getPixel(Math.floor(x), Math.floor(y)) as Iterable<number>)].slice(0, 3))
    return { width, height, above: at(width / 2, height / 4), below: at(width / 2, (height * 3) / 4) }
  })
}

/** What the metadata of `withMetadata` says of device, person and place, and what is appended to the file. */
export const metadataMarks = ['MarkCamera', 'MarkComment', 'MarkXmp', 'MarkAppended'] as const

/** The JPEG with EXIF (device, place, and that it lies on its side), XMP, a comment, and bytes after its end. */
export function withMetadata(jpeg: Buffer): Buffer {
  const segment = (marker: number, body: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(body.length + 2, 2)
    return Buffer.concat([head, body])
  }
  const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">MarkXmp</x:xmpmeta>`)
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, exif()),
    segment(0xe1, xmp),
    segment(0xfe, Buffer.from('MarkComment')),
    jpeg.subarray(2),
    Buffer.from('MarkAppended'),
  ])
}

/** TIFF 6.0 within EXIF 2.3: two directories, the second with latitude and longitude. */
function exif(): Buffer {
  const [ascii, short, long, rational] = [2, 3, 4, 5] as const
  const camera = Buffer.from('MarkCamera\0')
  const degrees = (...parts: number[]) => Buffer.from(new Uint32Array(parts.flatMap((part) => [part, 1])).buffer)
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(count, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const directory = (entries: Buffer[]) => {
    const count = Buffer.alloc(2)
    count.writeUInt16LE(entries.length)
    return Buffer.concat([count, ...entries, Buffer.alloc(4)])
  }
  const size = (entries: number) => 2 + entries * 12 + 4
  const gps = 8 + size(3)
  const values = gps + size(4)
  const place = values + camera.length
  return Buffer.concat([
    Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'),
    directory([entry(0x0110, ascii, camera.length, values), entry(0x0112, short, 1, 6), entry(0x8825, long, 1, gps)]),
    directory([
      entry(1, ascii, 2, 0x4e),
      entry(2, rational, 3, place),
      entry(3, ascii, 2, 0x45),
      entry(4, rational, 3, place + 24),
    ]),
    camera,
    degrees(30, 34, 48),
    degrees(114, 16, 12),
  ])
}

/** A PNG of so many pixels in some hundred bytes. */
export function hugePng(side: number): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), body])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * Math.min(side, 1000)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
