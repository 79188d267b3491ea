import { exportDatumNames, exportDatumNotes, exportDatums } from '@minqing/data/domain/datum'
import { circulationLabels, circulations, exportFormatLabels, exportFormats } from '@minqing/data/domain/export'
import { AnswerError } from '../../../api/fetch.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { Button } from '../../../ui/button.tsx'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { RadioGroup } from '../../print/choices.tsx'
import formStyles from '../../print/print-form.module.css'
import type { FileRun } from '../../print/use-file-run.ts'
import type { ExportChoice, ExportProgress } from './export-subject.ts'
import { messages } from './messages.ts'

export type FileChoice = Pick<ExportChoice, 'format' | 'datum' | 'circulation'>

/** What any file of rows is chosen by: format, coordinate system, for whom it is. */
export function FileChoices({
  choice,
  onChange,
}: {
  choice: FileChoice
  onChange: (patch: Partial<FileChoice>) => void
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  return (
    <>
      <RadioGroup
        legend={t('format')}
        values={exportFormats}
        value={choice.format}
        label={(format) => exportFormatLabels[format][language]}
        onChange={(format) => onChange({ format })}
      />
      <RadioGroup
        legend={t('datum')}
        values={exportDatums}
        value={choice.datum}
        label={(datum) => exportDatumNames[datum]}
        note={(datum) => exportDatumNotes[datum][language]}
        onChange={(datum) => onChange({ datum })}
      />
      <RadioGroup
        legend={t('circulation')}
        values={circulations}
        value={choice.circulation}
        label={(circulation) => circulationLabels[circulation][language]}
        note={(circulation) => t(`circulationNotes.${circulation}`)}
        onChange={(circulation) => onChange({ circulation })}
      />
    </>
  )
}

/** The end of a form that makes a file: how far it is, and its buttons. */
export function FileRunEnd({
  state,
  onCancel,
  onClose,
}: {
  state: FileRun<ExportProgress>
  onCancel: () => void
  onClose: () => void
}) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const stateText = useStateText(state)
  const working = state.kind === 'working'
  return (
    <div className={formStyles.end}>
      <output className={formStyles.state} data-state={state.kind}>
        {stateText}
      </output>
      {working ? (
        <Button onPress={onCancel}>{basic('cancel')}</Button>
      ) : (
        <Button onPress={onClose}>{basic('close')}</Button>
      )}
      <Button kind="primary" submit disabled={working}>
        {t('start')}
      </Button>
    </div>
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
