import { useState } from 'react'
import { AnswerError } from '../../../api/fetch.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { Button } from '../../../ui/button.tsx'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { RadioGroup } from '../../print/choices.tsx'
import formStyles from '../../print/print-form.module.css'
import { useFileRun, type FileRun } from '../../print/use-file-run.ts'
import { exportData } from './export-data.ts'
import styles from './export-dialog.module.css'
import type { ExportChoice, ExportProgress, ExportSubject } from './export-subject.ts'
import { messages } from './messages.ts'

const formats = ['geojson', 'csv'] as const
const levels = ['community', 'grid'] as const

/** Exports rows for other programs: incidents, or areas with their counts. */
export function DataForm({
  kind,
  subject,
  onClose,
}: {
  kind: ExportChoice['kind']
  subject: ExportSubject
  onClose: () => void
}) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const language = useLanguage()
  const [choice, setChoice] = useState<ExportChoice>(
    kind === 'incidents' ? { kind, format: 'geojson' } : { kind, format: 'geojson', level: 'grid' },
  )
  const { state, start, cancel } = useFileRun<ExportProgress>()
  const stateText = useStateText(state)
  const working = state.kind === 'working'
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void start({ stage: 'receiving', bytes: 0 }, (run) => exportData(choice, subject, { ...run, t, language }))
      }}
    >
      <fieldset className={formStyles.options} disabled={working}>
        {choice.kind === 'areas' ? (
          <RadioGroup
            legend={t('level')}
            values={levels}
            value={choice.level}
            label={(level) => t(`levels.${level}`)}
            onChange={(level) => setChoice({ ...choice, level })}
          />
        ) : null}
        <RadioGroup
          legend={t('format')}
          values={formats}
          value={choice.format}
          label={(format) => t(`formats.${format}`)}
          onChange={(format) => setChoice({ ...choice, format })}
        />
      </fieldset>
      <div className={formStyles.end}>
        <output className={formStyles.state} data-state={state.kind}>
          {stateText}
        </output>
        {working ? (
          <Button onPress={cancel}>{basic('cancel')}</Button>
        ) : (
          <Button onPress={onClose}>{basic('close')}</Button>
        )}
        <Button kind="primary" submit disabled={working}>
          {t('start')}
        </Button>
      </div>
    </form>
  )
}

function useStateText(state: FileRun<ExportProgress>): string {
  const t = useMessages(messages)
  const errorText = useErrorText()
  switch (state.kind) {
    case 'idle':
      return ''
    case 'working':
      return t('stages.receiving', { megabytes: (state.progress.bytes / 1e6).toFixed(1) })
    case 'done':
      return t('done', { name: state.name })
    case 'cancelled':
      return t('cancelled')
    case 'failed':
      return state.error instanceof AnswerError
        ? t('failedAnswer', { reason: errorText(state.error) })
        : t('failedFetching')
  }
}
