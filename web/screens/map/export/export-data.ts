import { exportDatumNames } from '@minqing/data/domain/datum'
import { filterParameters } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import { receiveFile } from '../../../api/download.ts'
import type { ExportChoice, ExportedFile, ExportRun, ExportSubject } from './export-subject.ts'
import { periodText } from './export-text.ts'
import { fileNameOf } from './file-name.ts'

/** Whether a collection's rows are selected by the whole filter, and not by its area alone. */
export function isFiltered({ collection }: Pick<ExportChoice, 'collection'>): boolean {
  return collection === 'incidents' || collection === 'areas'
}

/** Path of an export on the server, with the filter and the language of the page. */
export function exportPath(
  choice: ExportChoice,
  { filter }: Pick<ExportSubject, 'filter'>,
  language: Language,
): string {
  const { collection, format, datum, circulation, level } = choice
  const parameters = filterParameters(isFiltered(choice) ? filter : { area: filter.area })
  if (collection === 'areas') parameters.set('level', level)
  parameters.set('crs', datum)
  parameters.set('circulation', circulation)
  parameters.set('lang', language)
  return `/api/exports/${collection}.${format}?${parameters}`
}

/** Downloads the rows of an export; the file is named by what, where and when, and by its datum unless that is WGS84. */
export async function exportData(
  choice: ExportChoice,
  subject: ExportSubject,
  { t, language, signal, report }: ExportRun,
): Promise<ExportedFile> {
  report({ stage: 'receiving', bytes: 0 })
  const blob = await receiveFile(exportPath(choice, subject, language), signal, (bytes) =>
    report({ stage: 'receiving', bytes }),
  )
  const what = t(`files.${choice.collection === 'areas' ? choice.level : choice.collection}`)
  const where = choice.datum === 'wgs84' ? subject.areaName : `${subject.areaName}_${exportDatumNames[choice.datum]}`
  const period = isFiltered(choice) ? periodText(subject.filter, t) : ''
  return { blob, name: fileNameOf({ what, where, period, extension: choice.format }) }
}
