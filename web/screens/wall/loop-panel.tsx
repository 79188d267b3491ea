import { incidentStageLabels } from '@minqing/data/domain/incident-status'
import type { Language } from '@minqing/data/domain/label'
import type { Share, WallPicture } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import styles from './loop-panel.module.css'
import { Figure, Panel } from './panel.tsx'
import type { WallFormat } from './wall-format.ts'

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

/** How far the closed loop has come, and whether its clocks are kept. */
export function LoopPanel(props: { picture: WallPicture; format: WallFormat; language: Language }) {
  const { picture, format, language } = props
  const t = useMessages(messages)
  const share = (value: Share) => t('of', { count: format.number(value.count), of: format.number(value.of) })
  return (
    <Panel title={t('title')} note={t('period')}>
      <dl className={styles.figures}>
        <Figure label={t('open')} value={format.number(picture.open)} unit={t('cases')} />
        <Figure
          label={t('overdue')}
          value={format.number(picture.overdue)}
          unit={t('cases')}
          tone={picture.overdue > 0 ? 'alert' : 'plain'}
        />
        <Figure
          label={t('response')}
          value={format.share(picture.respondedInTime)}
          detail={share(picture.respondedInTime)}
        />
        <Figure label={t('closed')} value={format.share(picture.closedInTime)} detail={share(picture.closedInTime)} />
        <Figure
          label={t('todayReported')}
          value={format.number(picture.today.reported)}
          unit={t('cases')}
          size="side"
        />
        <Figure label={t('todayClosed')} value={format.number(picture.today.closed)} unit={t('cases')} size="side" />
      </dl>
      <div>
        <h3 className={styles.stagesTitle}>{t('stages')}</h3>
        <ul className={styles.stages}>
          {picture.openByStage.map((row) => (
            <li key={row.stage} data-stage={row.stage} style={{ flexGrow: Math.max(row.count, 0.001) }}>
              <b>{format.number(row.count)}</b>
              <span>{incidentStageLabels[row.stage][language]}</span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}
