import { homeTimeZone } from '@minqing/data/domain/instant'
import { translatorFor } from '../../../i18n/messages.ts'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { unknown } from '../../../ui/use-formats.ts'
import type { MapHandle } from '../../../map/map-inputs.ts'
import { drawPoster } from './draw-poster.ts'
import type { ExportChoice, ExportedFile, ExportRun, ExportSubject } from './export-subject.ts'
import { fileNameOf, filterText, periodText } from './export-text.ts'
import { withDensity } from './png-density.ts'
import { layoutOf, pageOf, pixelsOf, type Page, type Poster } from './poster.ts'

/** Degrees of tilt above which the scale of the far edge differs from the near one's by more than a tenth. */
const maxFlatPitch = 10

/** `2026-11-21 14:05` in both languages. */
const dateTime = new Intl.DateTimeFormat('sv-SE', { timeZone: homeTimeZone, dateStyle: 'short', timeStyle: 'short' })

/** The map as a PNG poster with title, filters, legend, scale, date and source. */
export async function exportPoster(
  map: MapHandle,
  choice: Extract<ExportChoice, { kind: 'poster' }>,
  subject: ExportSubject,
  { t, language, signal, report }: ExportRun,
  now: Date,
): Promise<ExportedFile> {
  const page = pageOf(choice.size, {
    width: window.innerWidth,
    height: window.innerHeight,
    pixelRatio: window.devicePixelRatio,
  })
  report({ stage: 'drawing' })
  const picture = await map.capture({ ...mapSizeOf(page), pixelRatio: page.pixelRatio, theme: choice.theme, signal })
  signal.throwIfAborted()
  report({ stage: 'composing' })
  try {
    const blob = await composePoster(
      {
        title: choice.title,
        subject: [
          filterText(subject.filter, language, t),
          t('filter.total', { count: subject.count?.toLocaleString(language) ?? unknown }),
        ].join(t('filter.separator')),
        mark: subject.demo ? translatorFor(basicMessages, language)('demo') : null,
        picture: {
          image: picture.image,
          metresPerUnit: picture.metresPerPixel * page.pixelRatio,
          bearing: picture.bearing,
        },
        legends: picture.legends,
        north: t('north'),
        scaleNote: map.camera().pitch > maxFlatPitch ? t('tilted') : null,
        imprint: t('imprint', {
          asOf: subject.asOf === null ? unknown : dateTime.format(Date.parse(subject.asOf)),
          made: dateTime.format(now),
          source: subject.demo ? t('demoSource') : subject.streetName,
        }),
        theme: choice.theme,
        font: getComputedStyle(document.documentElement).getPropertyValue('--font').trim() || 'sans-serif',
      },
      page,
      () => report({ stage: 'encoding' }),
    )
    signal.throwIfAborted()
    const parts = { what: t('files.poster'), where: subject.areaName, period: periodText(subject.filter, t) }
    return { blob, name: fileNameOf({ ...parts, extension: 'png' }) }
  } finally {
    picture.image.close()
  }
}

/** CSS pixels of the map on a page. */
function mapSizeOf(page: Page): { width: number; height: number } {
  const { map } = layoutOf(page)
  return { width: Math.round(map.width), height: Math.round(map.height) }
}

/**
 * The poster as a PNG file of the page's size.
 * @throws Error when the browser refuses a canvas of this size.
 */
async function composePoster(poster: Poster, page: Page, onEncoding: () => void): Promise<Blob> {
  await loadFont(poster)
  const canvas = document.createElement('canvas')
  const pixels = pixelsOf(page)
  canvas.width = pixels.width
  canvas.height = pixels.height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error(`${pixels.width} × ${pixels.height}`)
  context.scale(pixels.width / page.width, pixels.height / page.height)
  drawPoster(context, poster, page)
  onEncoding()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  // Frees the memory of a large canvas at once.
  canvas.width = 0
  if (blob === null) throw new Error(`${pixels.width} × ${pixels.height}`)
  if (page.dotsPerInch === null) return blob
  const png = withDensity(new Uint8Array(await blob.arrayBuffer()), page.dotsPerInch)
  return new Blob([png], { type: 'image/png' })
}

/** Loads the slices of the web font that the texts need: a canvas does not wait for them. */
async function loadFont(poster: Poster): Promise<void> {
  const text = [poster.title, poster.subject, poster.mark, poster.imprint, poster.north, poster.scaleNote]
  const legends = poster.legends.flatMap(({ title, note }) => [title, note])
  const characters = [...text, ...legends, '0123456789.≥km'].join('')
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 16px ${poster.font}`, characters)))
}
