import { exportDatumNames, exportDatumNotes, exportDatums } from '@minqing/data/domain/datum'
import {
  circulationLabels,
  circulations,
  exportFormatLabels,
  exportFormats,
  exportsCountsOnly,
} from '@minqing/data/domain/export'
import { useState } from 'react'
import { AnswerError } from '../../../api/fetch.ts'
import { useShownSession } from '../../../api/session.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { Button } from '../../../ui/button.tsx'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { RadioGroup } from '../../print/choices.tsx'
import formStyles from '../../print/print-form.module.css'
import { useFileRun, type FileRun } from '../../print/use-file-run.ts'
import { exportData, isFiltered } from './export-data.ts'
import styles from './export-dialog.module.css'
import type { ExportChoice, ExportProgress, ExportSubject } from './export-subject.ts'
import { messages } from './messages.ts'

const levels = ['community', 'grid'] as const

/** Exports rows for other programs: a collection, or areas with their counts. */
export function DataForm({
  collection,
  subject,
  onClose,
}: {
  collection: ExportChoice['collection']
  subject: ExportSubject
  onClose: () => void
}) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const language = useLanguage()
  const [choice, setChoice] = useState<ExportChoice>({
    collection,
    format: 'geojson',
    datum: 'wgs84',
    circulation: 'internal',
    level: 'grid',
  })
  const session = useShownSession()
  const countsOnly = choice.circulation === 'wide' || (session !== undefined && exportsCountsOnly(session.role))
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
        {collection === 'areas' ? (
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
          values={exportFormats}
          value={choice.format}
          label={(format) => exportFormatLabels[format][language]}
          onChange={(format) => setChoice({ ...choice, format })}
        />
        <RadioGroup
          legend={t('datum')}
          values={exportDatums}
          value={choice.datum}
          label={(datum) => exportDatumNames[datum]}
          note={(datum) => exportDatumNotes[datum][language]}
          onChange={(datum) => setChoice({ ...choice, datum })}
        />
        <RadioGroup
          legend={t('circulation')}
          values={circulations}
          value={choice.circulation}
          label={(circulation) => circulationLabels[circulation][language]}
          note={(circulation) => t(`circulationNotes.${circulation}`)}
          onChange={(circulation) => setChoice({ ...choice, circulation })}
        />
        {countsOnly && isFiltered(choice) ? <p className={styles.note}>{t('countsOnly')}</p> : null}
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
