import { type StepAction, stepActionLabels } from '@minqing/data/domain/incident-workflow/step-actions'
import { transitions } from '@minqing/data/domain/incident-workflow/transitions'
import type { RoleName } from '@minqing/data/domain/role'
import { useState } from 'react'
import { useShownSession } from '../../api/session.ts'
import { type SharedStep, type StepFailure, type Task, useTakeSteps } from '../../api/tasks.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { messages } from './messages.ts'
import type { Selection } from './task-list.tsx'
import styles from './tasks.module.css'

/** A step that many cases can take alike, and what has to be entered once for all of them. */
type BulkStep = {
  key: string
  action: StepAction
  needs: 'unit' | 'reason' | null
  content: (text: string) => Record<string, unknown>
}

const plain = (action: StepAction): BulkStep => ({ key: action, action, needs: null, content: () => ({}) })
const supervise = (key: 'urge' | 'supervise' | 'yellow' | 'red'): BulkStep => ({
  key,
  action: 'supervise',
  needs: 'reason',
  content: (reason) => ({
    form: key === 'urge' ? 'urge' : 'supervise',
    reason,
    ...(key === 'yellow' || key === 'red' ? { card: key } : {}),
  }),
})

export const routineSteps: readonly BulkStep[] = [
  plain('accept'),
  { key: 'dispatch', action: 'dispatch', needs: 'unit', content: (unit) => ({ unit }) },
  plain('sign'),
  plain('begin_follow_up'),
  plain('archive'),
  supervise('urge'),
]
export const supervisionSteps: readonly BulkStep[] = [
  supervise('urge'),
  supervise('supervise'),
  supervise('yellow'),
  supervise('red'),
]

/** Whether the table of the loop has a step for a role where a case stands; its rules are the server's to apply. */
function isPossible(action: StepAction, role: RoleName | undefined, { status }: Task): boolean {
  return transitions.some(
    (one) =>
      one.action === action &&
      one.from !== 'any' &&
      one.from.includes(status) &&
      (role === undefined || one.by.includes(role)),
  )
}

/** Takes the same step of all cases that are selected. Those that are refused stay selected, with the reason. */
export function BulkSteps({
  cases,
  steps,
  selection,
}: {
  cases: readonly Task[]
  steps: readonly BulkStep[]
  selection: Selection
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const errorText = useErrorText()
  const role = useShownSession()?.role
  const { take, done } = useTakeSteps()
  const [chosen, setChosen] = useState<BulkStep | null>(null)
  const [text, setText] = useState('')
  const [result, setResult] = useState<{ taken: number; failures: StepFailure[] } | null>(null)
  const own = cases.filter(({ number }) => selection.numbers.has(number))
  const possible = steps.filter(({ action }) => own.every((one) => isPossible(action, role, one)))
  const nameOf = ({ key, action }: BulkStep) =>
    key === 'urge' || key === 'supervise' || key === 'yellow' || key === 'red'
      ? t(key)
      : stepActionLabels[action][language]
  const run = async (step: BulkStep) => {
    const shared: SharedStep = { action: step.action, content: step.content(text.trim()), opinion: '' }
    const failures = await take(own, shared)
    setResult({ taken: own.length - failures.length, failures })
    selection.setAll(failures.map(({ number }) => number))
    if (failures.length > 0) return
    setChosen(null)
    setText('')
  }
  if (own.length === 0 && result === null) return null
  return (
    <section className={styles.bulk} aria-label={t('selected', { count: own.length })}>
      {own.length > 0 && (
        <div className={styles.bulkLine}>
          <strong>{t('selected', { count: own.length })}</strong>
          {possible.map((step) => (
            <Button
              key={step.key}
              disabled={done !== null}
              pressed={step.key === chosen?.key}
              onPress={() => setChosen(step.key === chosen?.key ? null : step)}
            >
              {nameOf(step)}
            </Button>
          ))}
          {possible.length === 0 && <span className={styles.quiet}>{t('noBulk')}</span>}
          <Button kind="bare" onPress={() => selection.setAll([])}>
            {t('clear')}
          </Button>
        </div>
      )}
      {chosen !== null && own.length > 0 && possible.includes(chosen) && (
        <form
          className={styles.bulkForm}
          aria-label={nameOf(chosen)}
          onSubmit={(event) => {
            event.preventDefault()
            if (done === null) void run(chosen)
          }}
        >
          {chosen.needs !== null && (
            <TextField
              name={t(chosen.needs === 'unit' ? 'unitField' : 'reasonField')}
              value={text}
              onText={setText}
              required
              maxLength={chosen.needs === 'unit' ? 100 : 500}
            />
          )}
          <Button kind="primary" submit disabled={done !== null}>
            {t('confirm', { count: own.length, step: nameOf(chosen) })}
          </Button>
          <Button onPress={() => setChosen(null)}>{t('cancel')}</Button>
        </form>
      )}
      <output className={styles.quiet}>
        {done !== null ? t('progress', done) : result !== null ? t('bulkDone', { count: result.taken }) : ''}
      </output>
      {result !== null && result.failures.length > 0 && (
        <Notice tone="danger" title={t('bulkFailed', { count: result.failures.length })}>
          {result.failures
            .slice(0, 3)
            .map(({ number, error }) => `${number}：${errorText(error as Error)}`)
            .join(' ')}
        </Notice>
      )}
    </section>
  )
}
