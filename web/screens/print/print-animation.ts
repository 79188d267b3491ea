import { homeTimeZone } from '@minqing/data/domain/instant'
import { pageSize, type PageSetup } from '@minqing/data/domain/page-setup'
import type { DensityResult } from '../../map/density/density-result.ts'
import type { MapHandle } from '../../map/map-inputs.ts'
import { fileNameOf } from '../map/export/file-name.ts'
import { frameMask, framesOf, type FrameStep } from './animation-frames.ts'
import { drawingOf, preparePage } from './print-map.ts'
import type { PrintedFile, PrintRun, PrintSubject, PrintTime } from './print-subject.ts'
import { paintPage, snapshot } from './raster.ts'

/** Longer side of the video in pixels, and seconds that each frame is shown. */
const videoSide = 1920
const secondsPerFrame = 0.6

const dayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: homeTimeZone })

/**
 * The page as a video, a frame for each step of the period. All frames have the same classes: those of the frame with
 * the highest density.
 * @throws NoVideoEncoder when the browser cannot encode video
 */
export async function printAnimation(
  map: MapHandle,
  setup: PageSetup,
  subject: PrintSubject,
  { time, step }: { time: PrintTime; step: FrameStep },
  run: PrintRun,
  now: Date,
): Promise<PrintedFile> {
  const { t, signal, report } = run
  report({ stage: 'loading' })
  const { createVideo } = await import('./encode-video.ts')
  const { width, height } = videoSize(setup)
  const video = await createVideo({ width, height })
  const frames = framesOf(time, step)
  const { width: pageWidth } = pageSize(setup)
  const page = await preparePage(map, setup, subject, width / ((pageWidth / 25.4) * 96), run, now)
  try {
    const densities: (DensityResult | null)[] = []
    for (const frame of frames) densities.push(await page.picture.density(frameMask(time, frame), signal))
    const peak = Math.max(0, ...densities.map((density) => density?.peak ?? 0))
    const canvas = new OffscreenCanvas(width, height)
    for (const [index, frame] of frames.entries()) {
      signal.throwIfAborted()
      report({ stage: 'frames', done: index + 1, of: frames.length })
      const mask = frameMask(time, frame)
      const density = densities[index]
      await page.picture.show({
        mask,
        signal,
        ...(density ? { densities: { [density.mode]: { ...density, peak } } } : {}),
      })
      const line = t('frame', {
        first: dayFormat.format(frame.from * 1000),
        last: dayFormat.format(frame.to * 1000 - 1),
        count: String(mask.reduce((sum, shown) => sum + shown, 0)),
      })
      const texts = { ...page.content.texts, subject: line }
      const content = { ...page.content, texts, legends: page.picture.legends }
      paintPage(canvas, drawingOf({ ...page, content }), snapshot(page.picture))
      await video.add(canvas, secondsPerFrame)
    }
    report({ stage: 'finishing' })
    const parts = { what: t('animationFile'), where: subject.areaName, period: subject.period }
    return { blob: await video.finish(), name: fileNameOf({ ...parts, extension: video.extension }) }
  } finally {
    video.close()
    page.picture.close()
  }
}

/** Encoders take even numbers of pixels. */
function videoSize(setup: PageSetup): { width: number; height: number } {
  const { width, height } = pageSize(setup)
  const scale = videoSide / Math.max(width, height)
  const even = (value: number) => 2 * Math.round((value * scale) / 2)
  return { width: even(width), height: even(height) }
}
