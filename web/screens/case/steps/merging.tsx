import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Duplicate, duplicatesQuery } from '../../../api/duplicates.ts'
import { useMerge, useUnmerge } from '../../../api/workflow.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { TextField } from '../../../ui/text-field.tsx'
import { casePath } from '../../../view/screen-path.ts'
import { PanelSection } from '../../map/panel-parts.tsx'
import { DuplicateList } from '../duplicate-list.tsx'
import { caseMessages } from './case-messages.ts'
import styles from './next-steps.module.css'
import { OpenForm } from './open-form.tsx'

/** Merges a case into another one, or undoes that; absent where neither is possible and it stands alone. */
export function Merging({ street, number, loop }: { street: string; number: string; loop: LoopState }) {
  const t = useMessages(caseMessages)
  const merge = useMerge(street, number)
  const unmerge = useUnmerge(street, number)
  const [into, setInto] = useState('')
  const [reason, setReason] = useState('')
  const { sequence, also, mergedInto, duplicates } = loop
  const [mayMerge, mayUnmerge] = [also.includes('merge'), also.includes('unmerge')]
  if (!mayMerge && !mayUnmerge && mergedInto === null && duplicates.length === 0) return null
  return (
    <PanelSection title={t('merging')}>
      <div className={styles.body}>
        {mergedInto !== null && (
          <p>
            <a href={casePath(street, mergedInto, location.search)}>{t('mergedInto', { number: mergedInto })}</a>
          </p>
        )}
        {duplicates.length > 0 && <p>{t('duplicates', { numbers: duplicates.join('、') })}</p>}
        {mayMerge && <Likely street={street} number={number} onChoose={(one) => setInto(one.number)} />}
        {mayMerge && (
          <OpenForm
            name={t('merge')}
            save={t('save')}
            error={merge.error}
            isPending={merge.isPending}
            onSave={(done) => merge.mutate({ sequence, into: into.trim(), reason }, { onSuccess: done })}
          >
            <TextField name={t('into')} value={into} onText={setInto} required maxLength={64} autoComplete="off" />
            <TextField name={t('mergeReason')} value={reason} onText={setReason} required maxLength={500} />
          </OpenForm>
        )}
        {mayUnmerge && (
          <OpenForm
            name={t('unmerge')}
            save={t('save')}
            error={unmerge.error}
            isPending={unmerge.isPending}
            onSave={(done) => unmerge.mutate({ sequence, reason }, { onSuccess: done })}
          >
            <TextField name={t('unmergeReason')} value={reason} onText={setReason} required maxLength={500} />
          </OpenForm>
        )}
      </div>
    </PanelSection>
  )
}

/** Cases that likely are the same. Choosing one fills its number in; a person says why and confirms. */
function Likely({
  street,
  number,
  onChoose,
}: {
  street: string
  number: string
  onChoose: (duplicate: Duplicate) => void
}) {
  const t = useMessages(caseMessages)
  const { data = [] } = useQuery(duplicatesQuery(street, number))
  const [chosen, setChosen] = useState('')
  if (data.length === 0) return null
  return (
    <div className={styles.body}>
      <p className={styles.quiet}>{t('likely', { count: data.length })}</p>
      <DuplicateList
        duplicates={data}
        onChoose={(one) => {
          setChosen(one.number)
          onChoose(one)
        }}
      />
      <output className={styles.quiet}>{chosen === '' ? '' : t('chosen', { number: chosen })}</output>
    </div>
  )
}
