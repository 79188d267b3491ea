import { useQuery } from '@tanstack/react-query'
import { proposalsQuery } from '../../../api/tasks.ts'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { useFormats } from '../../../ui/use-formats.ts'
import styles from './next-steps.module.css'

const messages = defineMessages({
  zh: {
    title: '建议承办单位（按近期同类 {past, number} 件）',
    handled: '同类办结 {handled, number} 件，其中本社区 {same, number} 件',
    inTime: '按期 {share}（{inTime, number}/{due, number}）',
    days: '中位 {days} 天',
    load: '在办 {open, number} 件，逾期 {overdue, number} 件',
    worker: '本网格当班：{worker}',
  },
  en: {
    title: 'Proposed units (from the last {past, number} cases of this type)',
    handled: '{handled, number} closed, {same, number} of them in this community',
    inTime: '{share} in time ({inTime, number}/{due, number})',
    days: 'median {days} d',
    load: '{open, number} open, {overdue, number} overdue',
    worker: 'On duty in this grid: {worker}',
  },
})

/** Units that dealt with cases of the type, with what speaks for each. Choosing one fills it in; a person confirms. */
export function UnitProposals({
  street,
  number,
  onChoose,
}: {
  street: string
  number: string
  onChoose: (unit: string) => void
}) {
  const t = useMessages(messages)
  const formats = useFormats()
  const { data } = useQuery(proposalsQuery(street, number))
  if (data === undefined || data.units.length === 0) return null
  return (
    <fieldset className={styles.signers}>
      <legend className={styles.quiet}>{t('title', { past: data.past })}</legend>
      {data.units.map(({ unit, handled, sameCommunity, due, inTime, days, open, overdue }) => (
        <label key={unit} className={styles.choice}>
          <input type="radio" name="proposed-unit" onChange={() => onChoose(unit)} />
          <span>
            {unit}
            <span className={`${styles.quiet} ${styles.block}`}>
              {[
                t('handled', { handled, same: sameCommunity }),
                due > 0 && t('inTime', { share: formats.percent(inTime / due), inTime, due }),
                days !== null && t('days', { days: formats.decimal(days) }),
                t('load', { open, overdue }),
              ]
                .filter((part) => part !== false)
                .join(' · ')}
            </span>
          </span>
        </label>
      ))}
      {data.worker !== null && <p className={styles.quiet}>{t('worker', { worker: data.worker })}</p>}
    </fieldset>
  )
}
