import { incidentStageLabels } from '@minqing/data/domain/incident-status'
import type { Share, WallPicture } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import styles from './progress.module.css'
import { defineWallPanel, Figure, Frame, type WallView } from './panel.tsx'
import { pictureQuery } from '../wall-queries.ts'

const messages = defineMessages({
  zh: {
    title: '闭环处置',
    open: '未结',
    overdue: '超期',
    cases: '件',
    todayReported: '今日上报',
    todayClosed: '今日办结',
    response: '2小时响应率',
    closed: '按期结案率',
    period: '近30天',
    of: '{count}/{of}件',
    stages: '未结案件所处环节',
  },
  en: {
    title: 'Case handling',
    open: 'Open',
    overdue: 'Overdue',
    cases: '',
    todayReported: 'Reported today',
    todayClosed: 'Closed today',
    response: '2-hour response',
    closed: 'Closed on time',
    period: '30 days',
    of: '{count}/{of}',
    stages: 'Open by stage',
  },
})

type Progress = Pick<WallPicture, 'open' | 'overdue' | 'today' | 'respondedInTime' | 'closedInTime' | 'openByStage'>

/** How many cases are open, by stage, and how many were handled in time. */
export const progressPanel = defineWallPanel({
  id: 'progress',
  query: ({ area }) =>
    pictureQuery(area, ({ open, overdue, today, respondedInTime, closedInTime, openByStage }) => ({
      open,
      overdue,
      today,
      respondedInTime,
      closedInTime,
      openByStage,
    })),
  View,
  smallest: { width: 40, height: 30 },
})

function View({ data, wall }: { data: Progress; wall: WallView }) {
  const { format, language } = wall
  const t = useMessages(messages)
  const share = (value: Share) => t('of', { count: format.number(value.count), of: format.number(value.of) })
  return (
    <Frame title={t('title')} note={t('period')}>
      <dl className={styles.figures}>
        <Figure label={t('open')} value={format.number(data.open)} unit={t('cases')} />
        <Figure
          label={t('overdue')}
          value={format.number(data.overdue)}
          unit={t('cases')}
          tone={data.overdue > 0 ? 'alert' : 'plain'}
        />
        <Figure label={t('response')} value={format.share(data.respondedInTime)} detail={share(data.respondedInTime)} />
        <Figure label={t('closed')} value={format.share(data.closedInTime)} detail={share(data.closedInTime)} />
        <Figure label={t('todayReported')} value={format.number(data.today.reported)} unit={t('cases')} size="side" />
        <Figure label={t('todayClosed')} value={format.number(data.today.closed)} unit={t('cases')} size="side" />
      </dl>
      <div>
        <h3 className={styles.stagesTitle}>{t('stages')}</h3>
        <ul className={styles.stages}>
          {data.openByStage.map((row) => (
            <li key={row.stage} data-stage={row.stage} style={{ flexGrow: Math.max(row.count, 0.001) }}>
              <b>{format.number(row.count)}</b>
              <span>{incidentStageLabels[row.stage][language]}</span>
            </li>
          ))}
        </ul>
      </div>
    </Frame>
  )
}
