import { filterParameters } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import { receiveFile } from '../../../api/download.ts'
import type { ExportChoice, ExportedFile, ExportRun, ExportSubject } from './export-subject.ts'
import { periodText } from './export-text.ts'
import { fileNameOf } from './file-name.ts'

/** Path of an export on the server, with the filter and the language of the page. */
export function exportPath(choice: ExportChoice, subject: ExportSubject, language: Language): string {
  const parameters = filterParameters(subject.filter)
  if (choice.kind === 'areas') parameters.set('level', choice.level)
  parameters.set('lang', language)
  return `/api/exports/${choice.kind}.${choice.format}?${parameters}`
}

/** Downloads the rows of an export; the file is named by what, where and when. */
export async function exportData(
  choice: ExportChoice,
  subject: ExportSubject,
  { t, language, signal, report }: ExportRun,
): Promise<ExportedFile> {
  report({ stage: 'receiving', bytes: 0 })
  const blob = await receiveFile(exportPath(choice, subject, language), signal, (bytes) =>
    report({ stage: 'receiving', bytes }),
  )
  const what =
    choice.kind === 'incidents'
      ? t('files.incidents')
      : t(choice.level === 'grid' ? 'files.grids' : 'files.communities')
  const parts = { what, where: subject.areaName, period: periodText(subject.filter, t) }
  return { blob, name: fileNameOf({ ...parts, extension: choice.format }) }
}
