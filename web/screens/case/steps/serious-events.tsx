import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import {
  petitionFormLabels,
  petitionForms,
  petitionLevelLabels,
  petitionLevels,
  seriousEventKinds,
  seriousEventLabels,
} from '@minqing/data/domain/incident-workflow/serious-event'
import { homeOffset } from '@minqing/data/domain/local-time'
import { useState } from 'react'
import { useTakeStep } from '../../../api/workflow.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { SelectField } from '../../../ui/select-field.tsx'
import { TextAreaField, TextField } from '../../../ui/text-field.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { PanelSection } from '../../map/panel-parts.tsx'
import styles from './next-steps.module.css'
import { OpenForm } from './open-form.tsx'
import { seriousEventMessages } from './serious-event-messages.ts'

type OfCase = { street: string; number: string; loop: LoopState }
type SeriousEvent = LoopState['seriousEvents'][number]

/** What the case has led to that a centre has to prevent; absent where nothing is recorded and nothing can be. */
export function SeriousEvents({ street, number, loop }: OfCase) {
  const t = useMessages(seriousEventMessages)
  const formats = useFormats()
  const eventText = useEventText()
  const may = (action: string) => loop.next.some((step) => step.action === action)
  if (loop.seriousEvents.length === 0 && !may('record_serious_event')) return null
  return (
    <PanelSection title={t('title')}>
      <div className={styles.body}>
        {loop.seriousEvents.length > 0 && (
          <ul className={styles.list}>
            {loop.seriousEvents.map((event) => (
              <li key={event.step} className={styles.party}>
                <span>
                  <strong>{eventText(event)}</strong>{' '}
                  <time className={styles.quiet} dateTime={event.happenedAt}>
                    {formats.dateTime(new Date(event.happenedAt))}
                  </time>
                </span>
                {may('withdraw_serious_event') && (
                  <Withdraw street={street} number={number} loop={loop} event={event} />
                )}
              </li>
            ))}
          </ul>
        )}
        {may('record_serious_event') && <Record street={street} number={number} loop={loop} />}
      </div>
    </PanelSection>
  )
}

/** Its kind, with how many took part, or to which level and by whom. */
function useEventText(): (event: Omit<SeriousEvent, 'step' | 'happenedAt'>) => string {
  const t = useMessages(seriousEventMessages)
  const language = useLanguage()
  return ({ kind, people, level, petitionForm }) =>
    [
      seriousEventLabels[kind][language],
      people === null ? null : t('peopleOf', { people }),
      level === null ? null : petitionLevelLabels[level][language],
      petitionForm === null ? null : petitionFormLabels[petitionForm][language],
    ]
      .filter((part) => part !== null)
      .join(' · ')
}

function Withdraw({ street, number, loop, event }: OfCase & { event: SeriousEvent }) {
  const t = useMessages(seriousEventMessages)
  const take = useTakeStep(street, number)
  const [reason, setReason] = useState('')
  const label = t('withdrawOf', { event: useEventText()(event) })
  return (
    <OpenForm
      name={t('withdraw')}
      label={label}
      save={t('confirmWithdraw')}
      error={take.error}
      isPending={take.isPending}
      onSave={(done) =>
        take.mutate(
          {
            sequence: loop.sequence,
            action: 'withdraw_serious_event',
            content: { step: event.step, reason: reason.trim() },
          },
          { onSuccess: done },
        )
      }
    >
      <TextField
        name={t('withdrawReason')}
        hint={t('withdrawHint')}
        value={reason}
        required
        maxLength={200}
        onText={setReason}
      />
    </OpenForm>
  )
}

const nothing = { kind: '', happenedAt: '', people: '', level: '', petitionForm: '', opinion: '' }

/** What happened and when; besides that what belongs to the kind. */
function Record({ street, number, loop }: OfCase) {
  const t = useMessages(seriousEventMessages)
  const language = useLanguage()
  const take = useTakeStep(street, number)
  const [entered, setEntered] = useState(nothing)
  const { kind, happenedAt, people, level, petitionForm, opinion } = entered
  const enter = (part: Partial<typeof nothing>) => setEntered({ ...entered, ...part })
  const own = kind === 'mass_incident' ? { people: Number(people) } : kind === 'petition' ? { level, petitionForm } : {}
  return (
    <OpenForm
      name={t('record')}
      save={t('save')}
      error={take.error}
      isPending={take.isPending}
      onSave={(done) => {
        // An input of local time says no offset; the centre's clock is meant.
        const instant = new Date(Date.parse(`${happenedAt}:00Z`) - homeOffset).toISOString()
        take.mutate(
          {
            sequence: loop.sequence,
            action: 'record_serious_event',
            content: { kind, happenedAt: instant, ...own },
            opinion: opinion.trim(),
          },
          {
            onSuccess: () => {
              setEntered(nothing)
              done()
            },
          },
        )
      }}
    >
      <SelectField
        name={t('kind')}
        value={kind}
        all={t('choose')}
        required
        options={seriousEventKinds.map((value) => ({ value, label: seriousEventLabels[value][language] }))}
        onChoose={(chosen) => enter({ kind: chosen })}
      />
      <TextField
        name={t('happenedAt')}
        type="datetime-local"
        value={happenedAt}
        required
        onText={(text) => enter({ happenedAt: text })}
      />
      {kind === 'mass_incident' && (
        <TextField
          name={t('people')}
          type="number"
          min={2}
          max={1_000_000}
          value={people}
          required
          onText={(text) => enter({ people: text })}
        />
      )}
      {kind === 'petition' && (
        <>
          <SelectField
            name={t('level')}
            value={level}
            all={t('choose')}
            required
            options={petitionLevels.map((value) => ({ value, label: petitionLevelLabels[value][language] }))}
            onChoose={(chosen) => enter({ level: chosen })}
          />
          <SelectField
            name={t('petitionForm')}
            value={petitionForm}
            all={t('choose')}
            required
            options={petitionForms.map((value) => ({ value, label: petitionFormLabels[value][language] }))}
            onChoose={(chosen) => enter({ petitionForm: chosen })}
          />
        </>
      )}
      <TextAreaField
        name={t('opinion')}
        rows={2}
        maxLength={1000}
        value={opinion}
        onText={(text) => enter({ opinion: text })}
      />
    </OpenForm>
  )
}
