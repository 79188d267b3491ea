import type { IncidentStep } from '@minqing/data/domain/incident'
import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import styles from './case.module.css'
import { messages } from './messages.ts'
import { useCodeText } from './steps/code-text.ts'
import { type FieldName, messages as stepMessages } from './steps/messages.ts'
import { useRoleText } from './use-role-text.ts'

type Logged = LoopState['log'][number]

/** Every step, oldest first: what was done, as what, when, and what was recorded. `log`: for who may change the case. */
export function Timeline({ steps, log }: { steps: readonly IncidentStep[]; log: LoopState['log'] | undefined }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const roleText = useRoleText()
  const bySequence = new Map(log?.map((one) => [one.sequence, one]))
  if (steps.length === 0) return <p className={styles.quiet}>{t('noSteps')}</p>
  return (
    <ol className={styles.timeline}>
      {steps.map((step) => {
        const logged = bySequence.get(step.sequence)
        // What was imported says no more than how far the case had come.
        const isNamed = logged !== undefined && logged.action !== 'import'
        const role = isNamed ? roleText(logged.role) : ''
        return (
          <li key={step.sequence}>
            <div className={styles.stepLine}>
              <strong>{(isNamed ? logged.label : incidentStatusLabels[step.toStatus])[language]}</strong>
              {isNamed && <span className={styles.badge}>{incidentStatusLabels[step.toStatus][language]}</span>}
              <time className={styles.quiet} dateTime={step.at}>
                {formats.dateTime(new Date(step.at))}
              </time>
            </div>
            <p className={styles.quiet}>{[role, step.unit].filter((text) => text !== '').join(' · ')}</p>
            {logged !== undefined && <Recorded content={logged.content} bySequence={bySequence} />}
            {step.opinion !== '' && <p className={styles.opinion}>{step.opinion}</p>}
          </li>
        )
      })}
    </ol>
  )
}

const times = ['dueAt', 'expectedAt', 'until', 'happenedAt']
/** Shown already, or of accounts. */
const hidden = ['unit', 'handlers']

/** What a step recorded, by the names of its form. */
function Recorded({ content, bySequence }: Pick<Logged, 'content'> & { bySequence: ReadonlyMap<number, Logged> }) {
  const t = useMessages(stepMessages)
  const codeText = useCodeText()
  const formats = useFormats()
  const given = new Map(Object.entries(content))
  // In the order of the names: that of what was stored is none.
  const shown = Object.keys(stepMessages.zh.fields)
    .filter((field) => given.has(field) && !hidden.includes(field))
    .map((field) => [field, given.get(field)] as const)
  if (shown.length === 0) return null
  const stepText = (step: Logged | undefined): string => {
    const kind = step?.content['kind']
    const happenedAt = step?.content['happenedAt']
    return kind === undefined ? unknown : `${text('kind', kind)} · ${text('happenedAt', happenedAt)}`
  }
  const text = (field: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => text(field, one)).join('、')
    // Another step is named by what it recorded, and when that was.
    if (field === 'step') return stepText(bySequence.get(Number(value)))
    if (times.includes(field)) return formats.dateTime(new Date(String(value)))
    return typeof value === 'number' ? formats.count(value) : codeText(field, String(value))
  }
  return (
    <dl className={styles.recorded}>
      {shown.map(([field, value]) => (
        <div key={field}>
          <dt>{t(`fields.${field as FieldName}`)}</dt>
          <dd>{text(field, value)}</dd>
        </div>
      ))}
    </dl>
  )
}
