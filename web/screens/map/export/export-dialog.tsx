import { useEffect, useId, useRef, useState, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { MapHandle } from '../../../map/map-inputs.ts'
import { Button } from '../../../ui/button.tsx'
import styles from './export-dialog.module.css'
import { ExportOptions } from './export-options.tsx'
import type { ExportChoice, ExportSubject } from './export-subject.ts'
import { useExport, type ExportState } from './use-export.ts'

/** Takes what is seen away: as a picture for print, or as data for other tools. */
export function ExportDialog(props: { subject: ExportSubject; map: RefObject<MapHandle | null>; onClose: () => void }) {
  const { subject, onClose } = props
  const t = useTranslations('exporting')
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [choice, setChoice] = useState<ExportChoice>(() => ({
    kind: 'poster',
    title: t('defaultTitle', { area: subject.areaName }),
    size: 'a4-150',
    theme: 'light',
  }))
  const { state, start, cancel } = useExport(props.map, subject)
  const sentence = useSentence(state)
  const working = state.kind === 'working'

  useEffect(() => {
    // Modal by the platform: focus stays inside, Escape closes, focus returns.
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
          {sentence}
        </output>
        <div className={styles.actions}>
          {working ? (
            <Button onPress={cancel}>{t('cancel')}</Button>
          ) : (
            <Button onPress={() => dialog.current?.close()}>{t('close')}</Button>
          )}
          <button type="submit" className={styles.submit} disabled={working}>
            {t('download')}
          </button>
        </div>
      </form>
    </dialog>
  )
}

function useSentence(state: ExportState): string {
  const t = useTranslations('exporting')
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
