import type { IncidentParty } from '@minqing/data/domain/incident-party'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { homeOffset } from '@minqing/data/domain/local-time'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { partiesQuery, useTakeStep } from '../../../api/workflow.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { useFormats } from '../../../ui/use-formats.ts'
import { PanelSection } from '../../map/panel-parts.tsx'
import { caseMessages } from './case-messages.ts'
import styles from './next-steps.module.css'
import { OpenForm } from './open-form.tsx'

type OfCase = { street: string; number: string; loop: LoopState }

/** What the parties have agreed, and whether it was done; absent where there is nothing to show and nothing to do. */
export function Agreements({ street, number, loop }: OfCase) {
  const t = useMessages(caseMessages)
  const formats = useFormats()
  const errorText = useErrorText()
  const take = useTakeStep(street, number)
  const { data: parties = [] } = useQuery(partiesQuery(street, number))
  const may = (action: string) => loop.next.some((step) => step.action === action)
  if (loop.agreements.length === 0 && !may('agree')) return null
  const nameOf = (party: string) => parties.find((one) => one.party === party)?.name ?? party
  return (
    <PanelSection title={t('agreements')}>
      <div className={styles.body}>
        {loop.agreements.map(({ agreement, form, parties: signers, duties }) => (
          <section key={agreement} className={styles.party}>
            <strong>{t('agreementOf', { form: t(form), count: signers.length })}</strong>
            <ul className={styles.list}>
              {duties.map(({ duty, party, dueAt, state }) => (
                <li key={duty} className={styles.duty}>
                  <span>{t('dutyOf', { party: nameOf(party), time: formats.shortDay(new Date(dueAt)) })}</span>
                  {state !== 'open' && <span className={styles.quiet}>{t(state)}</span>}
                  {state === 'open' &&
                    (['perform', 'breach'] as const).filter(may).map((action) => (
                      <Button
                        key={action}
                        label={`${t(action)}：${nameOf(party)}`}
                        disabled={take.isPending}
                        onPress={() => take.mutate({ sequence: loop.sequence, action, content: { agreement, duty } })}
                      >
                        {t(action === 'perform' ? 'performed' : 'breached')}
                      </Button>
                    ))}
                </li>
              ))}
            </ul>
          </section>
        ))}
        {take.error !== null && <Notice tone="danger" title={errorText(take.error)} />}
        {may('agree') && <Agree street={street} number={number} loop={loop} parties={parties} />}
      </div>
    </PanelSection>
  )
}

/** Who signs, and for whom there is something to do by when: a local day, until its end. */
function Agree({ street, number, loop, parties }: OfCase & { parties: readonly IncidentParty[] }) {
  const t = useMessages(caseMessages)
  const take = useTakeStep(street, number)
  const [form, setForm] = useState('written')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [due, setDue] = useState<ReadonlyMap<string, string>>(new Map())
  const signers = parties.filter(({ party }) => !left.has(party))
  return (
    <OpenForm
      name={t('agree')}
      save={t('save')}
      error={take.error}
      isPending={take.isPending}
      onSave={(done) => {
        const duties = signers.flatMap(({ party }, index) => {
          const day = due.get(party) ?? ''
          const end = Date.parse(`${day}T23:59:59Z`) - homeOffset
          return day === '' ? [] : [{ duty: `d${index + 1}`, party, dueAt: new Date(end).toISOString() }]
        })
        const content = {
          agreement: `a${loop.agreements.length + 1}`,
          form,
          parties: signers.map(({ party }) => party),
          duties,
        }
        take.mutate({ sequence: loop.sequence, action: 'agree', content }, { onSuccess: done })
      }}
    >
      <SelectField
        name={t('form')}
        value={form}
        all={t('choose')}
        options={(['written', 'oral'] as const).map((value) => ({ value, label: t(value) }))}
        onChoose={setForm}
      />
      <fieldset className={styles.signers}>
        <legend className={styles.quiet}>{t('signers')}</legend>
        {parties.map(({ party, name }) => (
          <div key={party} className={styles.signer}>
            <label className={styles.choice}>
              <input
                type="checkbox"
                checked={!left.has(party)}
                onChange={({ target }) => setLeft(toggled(left, party, !target.checked))}
              />
              {name}
            </label>
            <TextField
              name={t('duty', { party: name })}
              type="date"
              value={due.get(party) ?? ''}
              disabled={left.has(party)}
              onText={(day) => setDue(new Map(due).set(party, day))}
            />
          </div>
        ))}
      </fieldset>
    </OpenForm>
  )
}

function toggled(set: ReadonlySet<string>, member: string, isIn: boolean): Set<string> {
  const changed = new Set(set)
  if (isIn) changed.add(member)
  else changed.delete(member)
  return changed
}
