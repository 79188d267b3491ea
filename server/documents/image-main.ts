import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { documentLimits } from '@minqing/data/domain/incident-document'
import {
  AlphaAction,
  ImageMagick,
  initializeImageMagick,
  type IMagickImage,
  MagickColors,
  MagickFormat,
  MagickImageInfo,
  MagickReadSettings,
  ResourceLimits,
} from '@imagemagick/magick-wasm'
import { frameBytes, readFrames } from '../processes/frames.ts'
import type { ImageKind } from './identify-document.ts'
import type { ImageAnswer, ImageOrder } from './image-messages.ts'

// Runs as a limited child process (`../processes/limited-process.ts`): takes the bytes of one image, and answers with the
// same picture written again. What it is made of runs in WebAssembly, with no way to files or the network.

const readAs: Record<ImageKind, MagickFormat> = {
  jpeg: MagickFormat.Jpeg,
  png: MagickFormat.Png,
  webp: MagickFormat.WebP,
  heif: MagickFormat.Heic,
  avif: MagickFormat.Avif,
}

/** Of 100: text on a photographed page stays legible. */
const jpegQuality = 85

/** Frames to whoever started us; resolves when they have left the process. */
async function answer(message: ImageAnswer, bytes?: Uint8Array): Promise<void> {
  const frames = [frameBytes('message', JSON.stringify(message))]
  if (bytes !== undefined) frames.push(frameBytes('copy', bytes))
  await new Promise<void>((resolve) => process.stdout.write(Buffer.concat(frames), () => resolve()))
}

/** Upright, no larger than it may be, in sRGB, and without whatever the file held besides the picture. */
function clean(image: IMagickImage, kind: ImageKind): { type: 'image/jpeg' | 'image/png'; format: MagickFormat } {
  image.autoOrient()
  if (Math.max(image.width, image.height) > documentLimits.side) image.resize(documentLimits.side, documentLimits.side)
  image.strip()
  if (kind === 'png') return { type: 'image/png', format: MagickFormat.Png }
  if (image.hasAlpha) {
    image.backgroundColor = MagickColors.White
    image.alpha(AlphaAction.Remove)
  }
  image.quality = jpegQuality
  return { type: 'image/jpeg', format: MagickFormat.Jpeg }
}

async function run(): Promise<void> {
  const frames = readFrames(process.stdin as AsyncIterable<Uint8Array>)
  const order = await frames.next()
  const file = await frames.next()
  if (order.done === true || file.done === true) return
  const { kind } = JSON.parse(order.value.body.toString()) as ImageOrder
  await initializeImageMagick(
    await readFile(fileURLToPath(import.meta.resolve('@imagemagick/magick-wasm/magick.wasm'))),
  )
  const most = BigInt(documentLimits.pixels)
  ResourceLimits.area = most
  ResourceLimits.disk = 0n
  const settings = new MagickReadSettings({ format: readAs[kind], frameIndex: 0, frameCount: 1 })
  const bytes = new Uint8Array(file.value.body)
  try {
    const { width, height } = MagickImageInfo.create(bytes, settings)
    if (width * height > documentLimits.pixels) return await answer({ kind: 'refused', why: 'pixels', width, height })
    // Decoded at half or a quarter of its size where that is still large enough: it takes that much less memory.
    if (kind === 'jpeg' && Math.max(width, height) > documentLimits.side)
      settings.setDefine(MagickFormat.Jpeg, 'size', `${documentLimits.side}x${documentLimits.side}`)
    const cleaned = ImageMagick.read(bytes, settings, (image) => {
      const { type, format } = clean(image, kind)
      return image.write(format, (written) => ({
        type,
        width: image.width,
        height: image.height,
        bytes: Buffer.from(written),
      }))
    })
    const { bytes: written, ...described } = cleaned
    await answer({ kind: 'cleaned', ...described }, written)
  } catch {
    await answer({ kind: 'refused', why: 'damaged' })
  }
}

// What the library prints must not come between frames.
// oxlint-disable-next-line no-console -- the output of this process is its answer
console.log = console.error
// Ctrl-C goes to every process of a terminal: whoever started us decides what it means.
process.on('SIGINT', () => {})
await run()
process.exit()
