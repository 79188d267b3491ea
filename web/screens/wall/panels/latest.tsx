import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import type { WallIncident } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import bars from './bars.module.css'
import styles from './latest.module.css'
import { defineWallPanel, Frame, type WallView } from './panel.tsx'
import { RiskMark } from '../../../ui/risk-mark.tsx'
import { placeName, typeName } from '../wall-format.ts'
import { pictureQuery } from '../wall-queries.ts'

const messages = defineMessages({
  zh: { title: '最新案件', note: '类型 · 网格 · 时间', outside: '网格外', overdue: '超期' },
  en: { title: 'Latest cases', note: 'type · grid · time', outside: 'Outside all grids', overdue: 'Overdue' },
})

/** The newest cases by what, where and when: nothing that anybody wrote, nobody's name. */
export const latestPanel = defineWallPanel({
  id: 'latest',
  query: ({ area }) => pictureQuery(area, ({ latest }) => latest),
  View,
  smallest: { width: 40, height: 16 },
})

function View({ data, wall }: { data: readonly WallIncident[]; wall: WallView }) {
  const { language, format, now } = wall
  const t = useMessages(messages)
  return (
    <Frame title={t('title')} note={t('note')} grow>
      <ul className={`${styles.cases} ${bars.fitting}`}>
        {data.map((row) => (
          <li key={[row.reportedAt, row.gridCode, row.type, row.risk, row.status].join(' ')}>
            <RiskMark risk={row.risk} />
            <span className={styles.type}>{typeName(row.type, language)}</span>
            <time dateTime={row.reportedAt}>{format.localTime(row.reportedAt, now)}</time>
            <span className={styles.place}>{placeName(row, t('outside'))}</span>
            {row.overdue ? (
              <span className={styles.overdue}>{t('overdue')}</span>
            ) : (
              <span className={styles.status}>{incidentStatusLabels[row.status][language]}</span>
            )}
          </li>
        ))}
      </ul>
    </Frame>
  )
}
