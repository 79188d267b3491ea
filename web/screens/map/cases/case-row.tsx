import { columnCodes } from '@minqing/data/domain/incident-columns'
import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { useLocale, useTranslations } from 'use-intl'
import type { CaseProperties } from '../../../api/case-page.ts'
import { incidentId } from '../../../api/incident.ts'
import { RiskMark } from '../../../ui/risk-mark.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { isOpenStatus } from '../../../view/crossfilter.ts'
import { useIncidents, usePlace } from '../map-page.ts'
import styles from './case-row.module.css'
import { rowHeight } from './row-height.ts'
import { useOverdue } from './use-overdue.ts'

/** One case of the list: its facts stand at once, its title when it has arrived. */
export function CaseRow({
  row,
  index,
  count,
  words,
  failed,
  loaded,
}: {
  row: number
  index: number
  count: number
  words: CaseProperties | undefined
  failed: boolean
  loaded: boolean
}) {
  const t = useTranslations('cases')
  const language = useLocale()
  const formats = useFormats()
  const overdueBy = useOverdue()
  const { columns } = useIncidents()
  const { select } = usePlace()
  if (columns === undefined) return null
  const number = columns.number(row)
  const status = columnCodes.status[columns.status[row]!]!
  const type = columnCodes.type[columns.type[row]!]!
  const late = isOpenStatus[columns.status[row]!] === 1 ? overdueBy(columns.due[row]!) : null
  return (
    <li className={styles.row} style={{ top: index * rowHeight }} aria-setsize={count} aria-posinset={index + 1}>
      <button
        type="button"
        className={styles.button}
        onClick={() => select({ kind: 'incident', id: incidentId(columns.street(row), number) })}
      >
        <RiskMark risk={columnCodes.risk[columns.risk[row]!]!} />
        <span className={styles.title}>
          {words?.title ?? (failed ? t('rowFailed') : loaded ? number : t('loadingRow'))}
        </span>
        <span className={styles.facts}>
          {incidentTypeLabels[type][language]} · {formats.shortMoment(new Date(columns.reported[row]! * 1000))}
          {words?.address ? ` · ${words.address}` : ''}
        </span>
        <span className={styles.status} data-late={late !== null || undefined}>
          {late === null ? incidentStatusLabels[status][language] : t('overdueBy', { span: late })}
        </span>
      </button>
    </li>
  )
}
