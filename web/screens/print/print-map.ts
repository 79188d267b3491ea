import type { PageSetup } from '@minqing/data/domain/page-setup'
import type { MapHandle, MapPicture } from '../../map/map-inputs.ts'
import { fileNameOf } from '../map/export/file-name.ts'
import { cssPixels, type Drawing, type MeasureText } from './drawing.ts'
import { layoutPage, mapFrame, type PageContent } from './layout.ts'
import { factsOf } from './map-facts.ts'
import { contentOf } from './page-content.ts'
import { canvasMeasure, loadPageFont } from './paint-canvas.ts'
import type { PrintedFile, PrintRun, PrintSubject } from './print-subject.ts'
import { compressPicture, writePng, type RasterRun } from './raster.ts'
import type { PdfWriter } from './write-pdf.ts'

/** A page that is ready to be drawn: its content, and the picture of the map in the size that the page leaves for it. */
export type PreparedPage = { content: PageContent; picture: MapPicture; measure: MeasureText }

/** Lays out a page and takes the picture of its map; the caller closes the picture. */
export async function preparePage(
  map: MapHandle,
  setup: PageSetup,
  subject: PrintSubject,
  pixelRatio: number,
  { t, language, signal }: Pick<PrintRun, 't' | 'language' | 'signal'>,
  now: Date,
): Promise<PreparedPage> {
  const content = contentOf(setup, subject, await map.legends(), { t, language, now })
  await loadPageFont(textsOf(content))
  const measure = canvasMeasure()
  const frame = mapFrame(content, measure)
  const picture = await map.picture({
    width: Math.round(cssPixels(frame.width)),
    height: Math.round(cssPixels(frame.height)),
    pixelRatio,
    theme: setup.theme,
    signal,
  })
  return { content: { ...content, legends: picture.legends }, picture, measure }
}

/** Preview, PNG and PDF of a page are all drawn from this. */
export function drawingOf({ content, picture, measure }: PreparedPage): Drawing {
  return layoutPage(content, factsOf(picture), measure)
}

/** One page as a file. */
export async function printMap(
  map: MapHandle,
  setup: PageSetup,
  subject: PrintSubject,
  run: PrintRun,
  now: Date,
): Promise<PrintedFile> {
  const { t, signal, report } = run
  report({ stage: 'loading' })
  const page = await preparePage(map, setup, subject, setup.dotsPerInch / 96, run, now)
  try {
    const raster: RasterRun = { signal, report: (share) => report({ stage: 'drawing', share }) }
    const blob =
      setup.format === 'png'
        ? await writePng(drawingOf(page), page.picture, setup.dotsPerInch, raster)
        : await writeOnePage(page, subject, run, raster, now)
    const parts = { what: t('file'), where: subject.areaName, period: subject.period }
    return { blob, name: fileNameOf({ ...parts, extension: setup.format }) }
  } finally {
    page.picture.close()
  }
}

async function writeOnePage(
  page: PreparedPage,
  subject: PrintSubject,
  run: PrintRun,
  raster: RasterRun,
  now: Date,
): Promise<Blob> {
  const writer = await pdfWriter(page, subject, run, now)
  const rows = await compressPicture(page.picture, raster)
  run.report({ stage: 'finishing' })
  await writer.addPage(drawingOf(page), { rows, ...page.picture.pixels })
  return writer.save()
}

/** A PDF without pages; the code for it is loaded with the first one. */
export async function pdfWriter(
  { content: { texts } }: PreparedPage,
  { streetName }: PrintSubject,
  { language, signal }: PrintRun,
  now: Date,
): Promise<PdfWriter> {
  const { PdfWriter: Writer } = await import('./write-pdf.ts')
  const facts = { title: texts.title, subject: texts.subject, author: streetName }
  return Writer.create({ ...facts, language: languageTags[language], made: now }, (path) => fetchFont(path, signal))
}

const languageTags = { zh: 'zh-CN', en: 'en' } as const

/** @throws Error when the server does not send the file */
async function fetchFont(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const answer = await fetch(path, { signal })
  if (!answer.ok) throw new Error(`${answer.status} ${path}`)
  return answer.arrayBuffer()
}

/** Every text of a page, for loading the font that it needs. */
export function textsOf({ texts, legends }: PageContent): string[] {
  const { marks, ...lines } = texts
  return [
    ...Object.values(lines),
    ...marks,
    ...legends.flatMap(({ title, note, names = [] }) => [title, note, ...names]),
  ]
}
