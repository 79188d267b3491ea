import { useId, useState } from 'react'
import type { useTakeStep } from '../../../api/workflow.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { TextAreaField, TextField } from '../../../ui/text-field.tsx'
import fieldStyles from '../../../ui/text-field.module.css'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { useCodeText } from './code-text.ts'
import { type FieldName, messages } from './messages.ts'
import styles from './next-steps.module.css'
import { contentOf, type NextStep, type StepField } from './step-fields.ts'
import { UnitProposals } from './unit-proposals.tsx'

/** What a step records. What was entered stays until it has been taken. */
export function StepForm({
  take,
  sequence,
  step,
  fields,
  ofCase,
  onTaken,
  onCancel,
}: {
  take: ReturnType<typeof useTakeStep>
  /** Of the last step that was read. */
  sequence: number
  step: NextStep
  fields: readonly StepField[]
  ofCase: { street: string; number: string }
  onTaken: () => void
  onCancel: () => void
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const errorText = useErrorText()
  const [entered, setEntered] = useState<Record<string, string>>({})
  const [opinion, setOpinion] = useState('')
  return (
    <form
      className={styles.form}
      aria-label={step.label[language]}
      onSubmit={(event) => {
        event.preventDefault()
        take.mutate(
          { sequence, action: step.action, content: contentOf(fields, entered), opinion: opinion.trim() },
          { onSuccess: onTaken },
        )
      }}
    >
      {fields.some(({ name }) => name === 'unit') && (
        <UnitProposals {...ofCase} onChoose={(unit) => setEntered({ ...entered, unit })} />
      )}
      {fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={entered[field.name] ?? ''}
          onValue={(value) => setEntered({ ...entered, [field.name]: value })}
        />
      ))}
      <TextAreaField name={t('opinion')} rows={2} maxLength={1000} value={opinion} onText={setOpinion} />
      {take.error !== null && <Notice tone="danger" title={errorText(take.error)} />}
      <div className={styles.end}>
        <Button onPress={onCancel}>{t('cancel')}</Button>
        <Button kind="primary" submit disabled={take.isPending}>
          {t('submit', { step: step.label[language] })}
        </Button>
      </div>
    </form>
  )
}

function Field({
  field: { name, kind, required, values },
  value,
  onValue,
}: {
  field: StepField
  value: string
  onValue: (value: string) => void
}) {
  const t = useMessages(messages)
  const codeText = useCodeText()
  const id = useId()
  const label = t(`fields.${name as FieldName}`)
  if (kind === 'choice' || kind === 'flag')
    return (
      <div className={fieldStyles.field}>
        <label htmlFor={id}>{label}</label>
        <select id={id} value={value} required={required} onChange={({ target }) => onValue(target.value)}>
          <option value="">{t('choose')}</option>
          {(kind === 'flag' ? ['true', 'false'] : values).map((code) => (
            <option key={code} value={code}>
              {codeText(name, code)}
            </option>
          ))}
        </select>
      </div>
    )
  return (
    <TextField
      name={label}
      type={kind === 'number' ? 'number' : kind === 'time' ? 'datetime-local' : 'text'}
      hint={kind === 'list' ? t('listHint') : undefined}
      value={value}
      required={required}
      onText={onValue}
    />
  )
}
