import type { Language } from '@minqing/data/domain/label'
import type { useTranslations } from 'use-intl'
import { filterParameters } from '../../../view/filter-of.ts'
import type { ExportChoice, ExportedFile, ExportProgress, ExportSubject } from './export-subject.ts'
import { fileNameOf } from './file-name.ts'
import { periodWords } from './filter-words.ts'
import { receiveFile } from './receive-file.ts'

type Translate = ReturnType<typeof useTranslations<'exporting'>>

/** The server's address of the rows that a choice means: filter and language are the page's own. */
export function exportPath(
  choice: Exclude<ExportChoice, { kind: 'poster' }>,
  subject: ExportSubject,
  language: Language,
): string {
  const parameters = filterParameters(subject.filter)
  if (choice.kind === 'areas') parameters.set('level', choice.level)
  parameters.set('lang', language)
  return `/api/exports/${choice.kind}.${choice.format}?${parameters}`
}

/** Fetches the rows under a name that says what, where and when. */
export async function exportData(
  choice: Exclude<ExportChoice, { kind: 'poster' }>,
  subject: ExportSubject,
  run: { t: Translate; language: Language; signal: AbortSignal; tell: (progress: ExportProgress) => void },
): Promise<ExportedFile> {
  const { t, language, signal, tell } = run
  tell({ stage: 'receiving', bytes: 0 })
  const blob = await receiveFile(exportPath(choice, subject, language), signal, (bytes) =>
    tell({ stage: 'receiving', bytes }),
  )
  const what =
    choice.kind === 'incidents'
      ? t('files.incidents')
      : t(choice.level === 'grid' ? 'files.grids' : 'files.communities')
  const parts = { what, where: subject.areaName, period: periodWords(subject.filter, t) }
  return { blob, name: fileNameOf({ ...parts, extension: choice.format }) }
}
