import type { PageSetup } from '@minqing/data/domain/page-setup'
import type { MapHandle } from '../../map/map-inputs.ts'
import { fileNameOf } from '../map/export/file-name.ts'
import type { Drawing } from './drawing.ts'
import { indexCapacity, layoutIndex, type IndexEntry } from './index-page.ts'
import { drawingOf, pdfWriter, preparePage, type PreparedPage } from './print-map.ts'
import type { PrintArea, PrintedFile, PrintRun, PrintSubject } from './print-subject.ts'
import { compressPicture, writePng, type RasterRun } from './raster.ts'
import type { PdfWriter } from './write-pdf.ts'
import { ZipFile } from './zip-file.ts'

/** Pages of a series at most: a PDF holds the pictures of all its pages until it is saved. */
export const mostPages = 300

/** All pages in one PDF, or each in a file of its own in a ZIP. */
export const bindings = ['one', 'files'] as const
export type Binding = (typeof bindings)[number]

/** Where the pages of a series go, one after another. */
type Sink = {
  add: (name: string, drawing: Drawing, picture: PreparedPage['picture'] | null) => Promise<void>
  finish: () => Promise<Blob>
}

/**
 * A page for each area, all with the same frame and the same classes, after an index of them and the map as it was seen. One map is moved from
 * area to area, so that beside the finished pages only the page in work is held.
 */
export async function printSeries(
  map: MapHandle,
  setup: PageSetup,
  subject: PrintSubject,
  { areas, binding }: { areas: readonly PrintArea[]; binding: Binding },
  run: PrintRun,
  now: Date,
): Promise<PrintedFile> {
  const { t, signal, report } = run
  report({ stage: 'loading' })
  const pages = areas.slice(0, mostPages)
  const prepared = await preparePage(map, setup, subject, setup.dotsPerInch / 96, run, now)
  const { picture, content, measure } = prepared
  try {
    const isOne = binding === 'one' && setup.format === 'pdf'
    const sink = isOne ? await onePdf(prepared, subject, run, now) : filesIn(prepared, setup, subject, run, now)
    const perIndex = indexCapacity(setup)
    const indexPages = Math.ceil((pages.length + 1) / perIndex)
    const entries = [{ name: subject.areaName, code: '' }, ...pages].map(({ name, code }, index): IndexEntry => ({
      name,
      code,
      page: indexPages + index + 1,
    }))
    for (let page = 0; page < indexPages; page++) {
      const listed = entries.slice(page * perIndex, (page + 1) * perIndex)
      await sink.add(t('index'), layoutIndex(content, t('index'), listed, measure), null)
    }
    await sink.add(subject.areaName, drawingOf(prepared), picture)
    for (const [index, area] of pages.entries()) {
      signal.throwIfAborted()
      report({ stage: 'pages', done: index + 1, of: pages.length })
      await picture.show({ box: area.box, area: area.code, signal })
      const texts = {
        ...content.texts,
        subject: area.subject,
        title: t('pageTitle', { title: content.texts.title, area: area.name }),
      }
      const drawing = drawingOf({ ...prepared, content: { ...content, texts, legends: picture.legends } })
      await sink.add(area.name, drawing, picture)
    }
    report({ stage: 'finishing' })
    const parts = { what: t('seriesFile'), where: subject.areaName, period: subject.period }
    return { blob: await sink.finish(), name: fileNameOf({ ...parts, extension: isOne ? 'pdf' : 'zip' }) }
  } finally {
    picture.close()
  }
}

async function onePdf(page: PreparedPage, subject: PrintSubject, run: PrintRun, now: Date): Promise<Sink> {
  const writer = await pdfWriter(page, subject, run, now)
  return {
    add: (_, drawing, picture) => addPage(writer, drawing, picture, run),
    finish: () => writer.save(),
  }
}

/** Files are named by their number and area, so that they sort as in the index. */
function filesIn(page: PreparedPage, setup: PageSetup, subject: PrintSubject, run: PrintRun, now: Date): Sink {
  const zip = new ZipFile()
  let count = 0
  return {
    add: async (name, drawing, picture) => {
      const number = String(++count).padStart(3, '0')
      const fileName = fileNameOf({ what: number, where: name, period: '', extension: setup.format })
      if (setup.format === 'png') {
        await zip.add(fileName, await writePng(drawing, picture, setup.dotsPerInch, rasterRun(run)))
        return
      }
      const writer = await pdfWriter(page, subject, run, now)
      await addPage(writer, drawing, picture, run)
      await zip.add(fileName, await writer.save())
    },
    finish: async () => zip.finish(),
  }
}

async function addPage(writer: PdfWriter, drawing: Drawing, picture: PreparedPage['picture'] | null, run: PrintRun) {
  const rows = picture === null ? null : await compressPicture(picture, rasterRun(run))
  await writer.addPage(drawing, rows === null || picture === null ? null : { rows, ...picture.pixels })
}

/** The series reports pages, not shares of one. */
function rasterRun({ signal }: PrintRun): RasterRun {
  return { signal, report: () => undefined }
}
