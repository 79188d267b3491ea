import { useCallback, useEffect, useId, useRef, useState, type RefObject } from 'react'
import { saveFile } from '../../../api/download.ts'
import { AnswerError } from '../../../api/fetch.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import type { MapHandle } from '../../../map/map-inputs.ts'
import { Button } from '../../../ui/button.tsx'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { exportData } from './export-data.ts'
import styles from './export-dialog.module.css'
import { ExportOptions } from './export-options.tsx'
import { exportPoster } from './export-poster.ts'
import type { ExportChoice, ExportProgress, ExportSubject } from './export-subject.ts'
import { messages } from './messages.ts'

/** Exports the current view: as an image for print, or as data for other programs. */
export function ExportDialog(props: { subject: ExportSubject; map: RefObject<MapHandle | null>; onClose: () => void }) {
  const { subject, onClose } = props
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [choice, setChoice] = useState<ExportChoice>(() => ({
    kind: 'poster',
    title: t('defaultTitle', { area: subject.areaName }),
    size: 'a4-150',
    theme: 'light',
  }))
  const { state, start, cancel } = useExport(props.map, subject)
  const stateText = useStateText(state)
  const working = state.kind === 'working'

  useEffect(() => {
    // A modal dialog of the browser: focus stays inside, Escape closes it, focus returns.
    dialog.current?.showModal()
  }, [])

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void start(choice)
        }}
      >
        <h2 id={titleId}>{t('title')}</h2>
        <ExportOptions choice={choice} change={setChoice} subject={subject} disabled={working} />
        <output className={styles.state} data-state={state.kind}>
          {stateText}
        </output>
        <div className={styles.actions}>
          {working ? (
            <Button onPress={cancel}>{basic('cancel')}</Button>
          ) : (
            <Button onPress={() => dialog.current?.close()}>{basic('close')}</Button>
          )}
          <button type="submit" className={styles.submit} disabled={working}>
            {t('start')}
          </button>
        </div>
      </form>
    </dialog>
  )
}

function useStateText(state: ExportState): string {
  const t = useMessages(messages)
  switch (state.kind) {
    case 'idle':
      return ''
    case 'working':
      return state.progress.stage === 'receiving'
        ? t('stages.receiving', { megabytes: (state.progress.bytes / 1e6).toFixed(1) })
        : t(`stages.${state.progress.stage}`)
    case 'done':
    case 'cancelled':
    case 'failed':
      return state.message
  }
}

/** State of the one export that may run; `message` is a full sentence. */
type ExportState =
  | { kind: 'idle' }
  | { kind: 'working'; progress: ExportProgress }
  | { kind: 'done' | 'cancelled' | 'failed'; message: string }

/** Runs one export at a time; closing the dialog aborts it. */
function useExport(map: RefObject<MapHandle | null>, subject: ExportSubject) {
  const t = useMessages(messages)
  const language = useLanguage()
  const errorText = useErrorText()
  const [state, setState] = useState<ExportState>({ kind: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const cancel = useCallback(() => running.current?.abort(), [])

  const start = async (choice: ExportChoice): Promise<void> => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    const report = (progress: ExportProgress) => {
      if (!signal.aborted) setState({ kind: 'working', progress })
    }
    const run = { t, language, signal, report }
    try {
      const file =
        choice.kind === 'poster'
          ? await exportPoster(required(map.current, t('mapMissing')), choice, subject, run, new Date())
          : await exportData(choice, subject, run)
      saveFile(file.blob, file.name)
      setState({ kind: 'done', message: t('done', { name: file.name }) })
    } catch (error) {
      if (running.current !== controller) return
      if (signal.aborted) setState({ kind: 'cancelled', message: t('cancelled') })
      else setState({ kind: 'failed', message: failureText(error, choice) })
    }
  }

  const failureText = (error: unknown, choice: ExportChoice): string => {
    if (error instanceof AnswerError) return t('failedAnswer', { reason: errorText(error) })
    const reason = error instanceof Error ? error.message : String(error)
    return choice.kind === 'poster' ? t('failedDrawing', { reason }) : t('failedFetching')
  }

  return { state, start, cancel }
}

function required<T>(value: T | null, reason: string): T {
  if (value === null) throw new Error(reason)
  return value
}
