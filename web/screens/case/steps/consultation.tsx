import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { homeOffset } from '@minqing/data/domain/local-time'
import { useState } from 'react'
import { useTakeStep } from '../../../api/workflow.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { TextAreaField, TextField } from '../../../ui/text-field.tsx'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { useFormats } from '../../../ui/use-formats.ts'
import { PanelSection } from '../../map/panel-parts.tsx'
import { caseMessages } from './case-messages.ts'
import styles from './next-steps.module.css'
import { OpenForm } from './open-form.tsx'

type OfCase = { street: string; number: string; loop: LoopState }
type Entered = { text: string; unit: string; day: string }

const nothing: Entered = { text: '', unit: '', day: '' }

/** Meetings of units about a case, and whether what they decided was done; absent where there is none and none can be held. */
export function Consultation({ street, number, loop }: OfCase) {
  const t = useMessages(caseMessages)
  const formats = useFormats()
  const errorText = useErrorText()
  const take = useTakeStep(street, number)
  const may = (action: string) => loop.next.some((step) => step.action === action)
  if (loop.decisions.length === 0 && !may('consult')) return null
  return (
    <PanelSection title={t('consultation')}>
      <div className={styles.body}>
        {loop.decisions.length > 0 && (
          <ul className={styles.list}>
            {loop.decisions.map(({ decision, unit, dueAt, state }) => (
              <li key={decision} className={styles.duty}>
                <span>{t('decisionOf', { unit, time: formats.shortDay(new Date(dueAt)) })}</span>
                {state === 'done' && <span className={styles.quiet}>{t('carriedOut')}</span>}
                {state === 'open' && may('carry_out') && (
                  <Button
                    label={`${t('carryOut')}：${unit}`}
                    disabled={take.isPending}
                    onPress={() => take.mutate({ sequence: loop.sequence, action: 'carry_out', content: { decision } })}
                  >
                    {t('carriedOut')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {take.error !== null && <Notice tone="danger" title={errorText(take.error)} />}
        {may('consult') && <Consult street={street} number={number} loop={loop} />}
      </div>
    </PanelSection>
  )
}

/** Who took part, what was said, and what was decided: each decision a unit's until the end of a local day. */
function Consult({ street, number, loop }: OfCase) {
  const t = useMessages(caseMessages)
  const take = useTakeStep(street, number)
  const [units, setUnits] = useState('')
  const [minutes, setMinutes] = useState('')
  const [decisions, setDecisions] = useState<readonly Entered[]>([nothing])
  const change = (index: number, part: Partial<Entered>) =>
    setDecisions(decisions.map((one, at) => (at === index ? { ...one, ...part } : one)))
  return (
    <OpenForm
      name={t('consult')}
      save={t('save')}
      error={take.error}
      isPending={take.isPending}
      onSave={(done) => {
        const taken = decisions.filter(({ text }) => text.trim() !== '')
        const content = {
          units: units.split(/[、，,;；]+/).flatMap((unit) => (unit.trim() === '' ? [] : [unit.trim()])),
          decisions: taken.map(({ unit, day }, index) => ({
            decision: `m${loop.decisions.length + index + 1}`,
            unit: unit.trim(),
            dueAt: new Date(Date.parse(`${day}T23:59:59Z`) - homeOffset).toISOString(),
          })),
        }
        const lines = taken.map(({ text, unit }, index) =>
          t('decisionLine', { number: loop.decisions.length + index + 1, unit: unit.trim(), text: text.trim() }),
        )
        const opinion = [minutes.trim(), ...lines].filter((line) => line !== '').join('\n')
        take.mutate(
          { sequence: loop.sequence, action: 'consult', content, opinion },
          {
            onSuccess: () => {
              setUnits('')
              setMinutes('')
              setDecisions([nothing])
              done()
            },
          },
        )
      }}
    >
      <TextField name={t('meetingUnits')} hint={t('meetingUnitsHint')} value={units} onText={setUnits} required />
      <TextAreaField name={t('minutes')} rows={3} maxLength={500} value={minutes} onText={setMinutes} />
      {decisions.map(({ text, unit, day }, index) => {
        const isTaken = [text, unit, day].some((entered) => entered.trim() !== '')
        return (
          // oxlint-disable-next-line react/no-array-index-key -- they are only added, and known by their place
          <fieldset key={index} className={styles.signers}>
            <TextField
              name={t('decisionText', { number: index + 1 })}
              value={text}
              required={isTaken}
              maxLength={200}
              onText={(entered) => change(index, { text: entered })}
            />
            <div className={styles.signer}>
              <TextField
                name={t('decisionUnit', { number: index + 1 })}
                value={unit}
                required={isTaken}
                maxLength={100}
                onText={(entered) => change(index, { unit: entered })}
              />
              <TextField
                name={t('decisionDue', { number: index + 1 })}
                type="date"
                value={day}
                required={isTaken}
                onText={(entered) => change(index, { day: entered })}
              />
            </div>
          </fieldset>
        )
      })}
      <div className={styles.steps}>
        <Button onPress={() => setDecisions([...decisions, nothing])}>{t('addDecision')}</Button>
      </div>
    </OpenForm>
  )
}
