import { filterParameters } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import { answerOf } from '../../../api/fetch.ts'
import type { ExportChoice, ExportedFile, ExportRun, ExportSubject } from './export-subject.ts'
import { fileNameOf, periodText } from './export-text.ts'

/** Path of an export on the server, with the filter and the language of the page. */
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

/** Downloads the rows of an export; the file is named by what, where and when. */
export async function exportData(
  choice: Exclude<ExportChoice, { kind: 'poster' }>,
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

/**
 * Downloads a file and reports the bytes received.
 * @throws AnswerError when the server refuses, TypeError without a network
 */
async function receiveFile(path: string, signal: AbortSignal, onBytes: (received: number) => void): Promise<Blob> {
  const response = await answerOf(path, '*/*', { signal })
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let received = 0
  const reader = response.body!.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    received += value.length
    onBytes(received)
  }
  return new Blob(chunks, { type: response.headers.get('content-type') ?? 'application/octet-stream' })
}

/** Saves a file as a download of the browser. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has started by then; an object URL holds the bytes in memory until it is revoked.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
