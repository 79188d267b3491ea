import { type IncidentParty, type PartySide, partySideLabels, partySides } from '@minqing/data/domain/incident-party'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../../../api/session.ts'
import { partiesQuery, useAddParty, useReveal } from '../../../api/workflow.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Failure } from '../../../ui/failure.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { PanelSection } from '../../map/panel-parts.tsx'
import { caseMessages } from './case-messages.ts'
import styles from './next-steps.module.css'
import { OpenForm } from './open-form.tsx'

type OfCase = { street: string; number: string; loop: LoopState }

/** Who is in a case: names masked as the role has to see them, revealed for a reason. */
export function Parties({ street, number, loop }: OfCase) {
  const t = useMessages(caseMessages)
  const parties = useQuery(partiesQuery(street, number))
  return (
    <PanelSection title={t('parties')}>
      <div className={styles.body}>
        <Failure title={t('parties')} error={parties.error} onRetry={() => void parties.refetch()} />
        {parties.data?.length === 0 && <p className={styles.quiet}>{t('noParties')}</p>}
        <ul className={styles.list}>
          {(parties.data ?? []).map((party) => (
            <Party key={party.party} street={street} number={number} party={party} />
          ))}
        </ul>
        {loop.also.includes('add_party') && <AddParty street={street} number={number} loop={loop} />}
      </div>
    </PanelSection>
  )
}

function Party({ street, number, party }: { street: string; number: string; party: IncidentParty }) {
  const t = useMessages(caseMessages)
  const language = useLanguage()
  const mayReveal = useMay('reveal', 'incident')
  const reveal = useReveal(street, number, party.party)
  const [reason, setReason] = useState('')
  const { name, phone } = reveal.data ?? party
  return (
    <li className={styles.party}>
      <span>
        <strong>{name === '' ? t('unknownParty') : name}</strong> {phone}
      </span>
      <span className={styles.quiet}>
        {[
          partySideLabels[party.side][language],
          ...(party.isReporter ? [t('reporter')] : []),
          ...(party.from === null ? [] : [t('fromMerged', { number: party.from })]),
        ].join(' · ')}
      </span>
      {party.isMasked && mayReveal && reveal.data === undefined && (
        <OpenForm
          name={t('reveal')}
          save={t('confirmReveal')}
          error={reveal.error}
          isPending={reveal.isPending}
          onSave={(done) => reveal.mutate(reason, { onSuccess: done })}
        >
          <TextField
            name={t('reason')}
            hint={t('revealHint')}
            value={reason}
            onText={setReason}
            required
            minLength={2}
            maxLength={200}
          />
        </OpenForm>
      )}
    </li>
  )
}

const nobody = { side: 'respondent' as PartySide, isOrganisation: false, name: '', phone: '' }

function AddParty({ street, number, loop }: OfCase) {
  const t = useMessages(caseMessages)
  const language = useLanguage()
  const add = useAddParty(street, number)
  const [party, setParty] = useState(nobody)
  const set = (part: Partial<typeof nobody>) => setParty({ ...party, ...part })
  return (
    <OpenForm
      name={t('addParty')}
      save={t('save')}
      error={add.error}
      isPending={add.isPending}
      onSave={(done) => {
        const { side, isOrganisation, name, phone } = party
        const kind = isOrganisation ? ('organisation' as const) : ('person' as const)
        add.mutate(
          { sequence: loop.sequence, party: { side, kind, name, phone } },
          {
            onSuccess: () => {
              setParty(nobody)
              done()
            },
          },
        )
      }}
    >
      <SelectField
        name={t('side')}
        value={party.side}
        all={t('choose')}
        options={partySides.map((side) => ({ value: side, label: partySideLabels[side][language] }))}
        onChoose={(side) => set({ side: side as PartySide })}
      />
      <TextField name={t('name')} value={party.name} onText={(name) => set({ name })} required maxLength={100} />
      <TextField
        name={t('phone')}
        value={party.phone}
        onText={(phone) => set({ phone })}
        inputMode="tel"
        pattern="[0-9+ \-]*"
        maxLength={30}
      />
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={party.isOrganisation}
          onChange={({ target }) => set({ isOrganisation: target.checked })}
        />
        {t('organisation')}
      </label>
    </OpenForm>
  )
}
