import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { loopQuery, useTakeStep } from '../../../api/workflow.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Failure } from '../../../ui/failure.tsx'
import { Skeleton } from '../../../ui/notice.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { PanelSection } from '../../map/panel-parts.tsx'
import { Agreements } from './agreements.tsx'
import { Consultation } from './consultation.tsx'
import { Merging } from './merging.tsx'
import { messages } from './messages.ts'
import styles from './next-steps.module.css'
import { Parties } from './parties.tsx'
import { SeriousEvents } from './serious-events.tsx'
import { StepForm } from './step-form.tsx'
import { fieldsOf, type NextStep } from './step-fields.ts'

/** What the reader may do with a case next, and by when it has to be done. */
export function NextSteps({
  street,
  number,
  withClocks = true,
}: {
  street: string
  number: string
  /** Unit and time limits above them; false where they stand elsewhere on the screen. */
  withClocks?: boolean
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const loop = useQuery(loopQuery(street, number))
  const [chosen, setChosen] = useState<NextStep['action'] | null>(null)
  const [taken, setTaken] = useState('')
  // Not the form’s own: that is gone by the time at which a step that is possible no more has been taken.
  const take = useTakeStep(street, number)
  const steps = (loop.data?.next ?? []).flatMap((step) => {
    const fields = fieldsOf(step)
    return fields === null ? [] : [{ step, fields }]
  })
  const open = steps.find(({ step }) => step.action === chosen)
  return (
    <>
      <PanelSection title={t('title')}>
        {loop.isPending && <Skeleton lines={2} />}
        <Failure title={t('failed')} error={loop.error} onRetry={() => void loop.refetch()} />
        {loop.data !== undefined && (
          <div className={styles.body}>
            {withClocks && <Clocks loop={loop.data} />}
            {steps.length === 0 && <p className={styles.quiet}>{t('nothing')}</p>}
            <div className={styles.steps}>
              {steps.map(({ step }) => (
                <Button
                  key={step.action}
                  pressed={step.action === chosen}
                  onPress={() => {
                    setTaken('')
                    take.reset()
                    setChosen(step.action === chosen ? null : step.action)
                  }}
                >
                  {step.label[language]}
                </Button>
              ))}
            </div>
            {open !== undefined && (
              <StepForm
                // What was entered for one step is not that of another.
                key={open.step.action}
                take={take}
                sequence={loop.data.sequence}
                step={open.step}
                fields={open.fields}
                ofCase={{ street, number }}
                onTaken={() => {
                  setTaken(t('taken', { step: open.step.label[language] }))
                  setChosen(null)
                }}
                onCancel={() => setChosen(null)}
              />
            )}
            <output className={styles.quiet}>{taken}</output>
          </div>
        )}
      </PanelSection>
      {loop.data !== undefined && (
        <>
          <Parties street={street} number={number} loop={loop.data} />
          <Agreements street={street} number={number} loop={loop.data} />
          <Consultation street={street} number={number} loop={loop.data} />
          <SeriousEvents street={street} number={number} loop={loop.data} />
          <Merging street={street} number={number} loop={loop.data} />
        </>
      )}
    </>
  )
}

function Clocks({ loop: { unit, clocks } }: { loop: LoopState }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  return (
    <ul className={styles.clocks}>
      {unit !== '' && <li>{t('unit', { unit })}</li>}
      {clocks.map(({ node, label, dueAt, isPaused, state }) => (
        <li key={node} data-state={state}>
          {t('due', { label: label[language], time: formats.shortDateTime(new Date(dueAt)) })}
          {isPaused && t('paused')}
        </li>
      ))}
    </ul>
  )
}
