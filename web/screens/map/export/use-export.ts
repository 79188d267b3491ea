import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { AnswerError } from '../../../api/problem.ts'
import type { MapHandle } from '../../../map/map-inputs.ts'
import { exportData } from './export-data.ts'
import { exportPoster } from './export-poster.ts'
import type { ExportChoice, ExportProgress, ExportSubject } from './export-subject.ts'
import { saveFile } from './save-file.ts'

/** Where the one export that may run stands; `message` is a whole sentence. */
export type ExportState =
  | { kind: 'idle' }
  | { kind: 'working'; progress: ExportProgress }
  | { kind: 'done' | 'cancelled' | 'failed'; message: string }

/** Runs one export at a time; leaving the dialog ends it. */
export function useExport(map: RefObject<MapHandle | null>, subject: ExportSubject) {
  const t = useTranslations('exporting')
  const language = useLocale()
  const [state, setState] = useState<ExportState>({ kind: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const cancel = useCallback(() => running.current?.abort(), [])

  const start = async (choice: ExportChoice): Promise<void> => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    const tell = (progress: ExportProgress) => {
      if (!signal.aborted) setState({ kind: 'working', progress })
    }
    try {
      const file =
        choice.kind === 'poster'
          ? await exportPoster(present(map.current, t('mapMissing')), choice, subject, {
              t,
              language,
              now: new Date(),
              signal,
              tell,
            })
          : await exportData(choice, subject, { t, language, signal, tell })
      saveFile(file.blob, file.name)
      setState({ kind: 'done', message: t('done', { name: file.name }) })
    } catch (error) {
      if (running.current !== controller) return
      if (signal.aborted) setState({ kind: 'cancelled', message: t('cancelled') })
      else setState({ kind: 'failed', message: sentenceOf(error, choice) })
    }
  }

  const sentenceOf = (error: unknown, choice: ExportChoice): string => {
    if (error instanceof AnswerError) return t('failedAnswer', { reason: error.message })
    const reason = error instanceof Error ? error.message : String(error)
    return choice.kind === 'poster' ? t('failedDrawing', { reason }) : t('failedFetching')
  }

  return { state, start, cancel }
}

function present<T>(value: T | null, reason: string): T {
  if (value === null) throw new Error(reason)
  return value
}
