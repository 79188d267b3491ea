import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import type { Language } from '@minqing/data/domain/label'
import { riskLabels } from '@minqing/data/domain/risk'
import type { WallCase } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import bars from './bars.module.css'
import styles from './latest-panel.module.css'
import { Panel } from './panel.tsx'
import { RiskMark } from './risk-mark.tsx'
import { typeName } from './type-name.ts'
import type { WallFormat } from './wall-format.ts'

const messages = defineMessages({
  zh: { title: '最新案件', note: '类型 · 网格 · 时间', outside: '网格外', overdue: '超期' },
  en: { title: 'Latest cases', note: 'type · grid · time', outside: 'Outside all grids', overdue: 'Overdue' },
})

/** The newest cases by what, where and when: nothing that anybody wrote, nobody's name. */
export function LatestPanel(props: {
  cases: readonly WallCase[]
  now: number
  format: WallFormat
  language: Language
}) {
  const { language, format } = props
  const t = useMessages(messages)
  return (
    <Panel title={t('title')} note={t('note')} grow>
      <ul className={`${styles.cases} ${bars.fitting}`}>
        {props.cases.map((row) => (
          <li key={`${row.streetCode}-${row.number}`}>
            <RiskMark risk={row.risk} label={riskLabels[row.risk][language]} />
            <span className={styles.type}>{typeName(row.type, language)}</span>
            <time dateTime={row.reportedAt}>{format.moment(row.reportedAt, props.now)}</time>
            <span className={styles.place}>{placeName(row, t('outside'))}</span>
            {row.overdue ? (
              <span className={styles.overdue}>{t('overdue')}</span>
            ) : (
              <span className={styles.status}>{incidentStatusLabels[row.status][language]}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Community and grid; a grid's own name often begins with its community's. */
export function placeName(place: { communityName: string | null; gridName: string | null }, outside: string): string {
  const { communityName, gridName } = place
  if (gridName === null) return communityName ?? outside
  return communityName === null || gridName.startsWith(communityName) ? gridName : `${communityName} ${gridName}`
}
