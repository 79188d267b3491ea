import { join } from 'node:path'
import { documentLimits } from '@minqing/data/domain/incident-document'
import { ProblemError } from '@minqing/data/domain/problem'
import { repositoryRoot } from '../config.ts'
import { LimitedProcess, LimitReached, type Limits } from '../processes/limited-process.ts'
import { Slots } from '../store/slots.ts'
import type { ImageKind } from './identify-document.ts'
import type { ImageAnswer, ImageOrder } from './image-messages.ts'

/** An image of the largest size takes four bytes a pixel, and what it is written from about as much again. */
const imageLimits: Limits = { heap: 128, memory: 768, computing: 30, silence: 30_000 }

const entry = join(import.meta.dirname, 'image-main.ts')
const readable = ['data', 'server', 'node_modules'].map((folder) => join(repositoryRoot, folder))

/** Processes at once: each may take much memory. */
const processes = new Slots({ slots: 1, queue: 16, wait: 20_000 })

export type CleanedImage = { type: 'image/jpeg' | 'image/png'; width: number; height: number; bytes: Uint8Array }

/**
 * Decodes an image and writes it again, in a process that can do nothing else: what was in the file besides the picture
 * (where and when it was taken, with which device, by whom; comments, thumbnails, what is appended) is gone.
 *
 * @throws ProblemError `too_large` for too many pixels, `bad_parameter` for what cannot be decoded, `busy`
 */
export async function cleanImage(kind: ImageKind, bytes: Uint8Array, limits = imageLimits): Promise<CleanedImage> {
  const release = await processes.take()
  const child = new LimitedProcess(entry, readable, limits)
  try {
    await child.send('message', JSON.stringify({ kind } satisfies ImageOrder))
    await child.send('copy', bytes)
    const answer = JSON.parse((await child.next()).body.toString()) as ImageAnswer
    if (answer.kind === 'refused') throw answer.why === 'pixels' ? tooManyPixels(answer) : damaged()
    const { type, width, height } = answer
    return { type, width, height, bytes: (await child.next()).body }
  } catch (error) {
    throw error instanceof LimitReached ? damaged() : error
  } finally {
    child.stop()
    await child.gone()
    release()
  }
}

function damaged(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '图片无法读取：文件损坏或不完整', en: 'The image cannot be read: the file is damaged or incomplete' },
    {
      parameter: 'file',
      remedy: {
        zh: '请用看图软件打开确认，另存为 JPEG 后重新上传',
        en: 'Open it to see whether it is whole, save it as JPEG and send it again',
      },
    },
  )
}

function tooManyPixels({ width, height }: { width: number; height: number }): ProblemError {
  const most = documentLimits.pixels / 1_000_000
  return new ProblemError(
    'too_large',
    {
      zh: `图片为 ${width}×${height} 像素，超过 ${most * 100} 万像素的上限`,
      en: `The image has ${width}×${height} pixels, more than the limit of ${most} million`,
    },
    {
      parameter: 'file',
      remedy: { zh: '请缩小图片后重新上传', en: 'Make the image smaller and send it again' },
    },
  )
}
