import type { Language } from '@minqing/data/domain/label'
import type { WallCommunity } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import styles from './community-card.module.css'
import { Figure } from './panels/panel.tsx'
import { typeName, type WallFormat } from './wall-format.ts'

const messages = defineMessages({
  zh: {
    grids: '{count}个网格',
    population: '实有人口',
    recent: '近30天上报',
    open: '未结',
    overdue: '超期',
    top: '主要类型',
    alone: '独居老人',
  },
  en: {
    grids: '{count} grids',
    population: 'Residents',
    recent: 'Reported, 30 days',
    open: 'Open',
    overdue: 'Overdue',
    top: 'Main types',
    alone: 'Elderly alone',
  },
})

/** The numbers of the community that the tour has stopped at. */
export function CommunityCard(props: { community: WallCommunity; format: WallFormat; language: Language }) {
  const { community, format, language } = props
  const t = useMessages(messages)
  return (
    <article className={styles.card}>
      <header>
        <h2>{community.name}</h2>
        <p>{t('grids', { count: format.number(community.grids) })}</p>
      </header>
      <dl>
        <Figure label={t('population')} value={format.number(community.population.residents)} size="side" />
        <Figure label={t('alone')} value={format.number(community.population.elderlyLivingAlone)} size="side" />
        <Figure label={t('open')} value={format.number(community.open)} size="side" />
        <Figure
          label={t('overdue')}
          value={format.number(community.overdue)}
          size="side"
          tone={community.overdue > 0 ? 'alert' : 'plain'}
        />
        <Figure
          label={t('recent')}
          value={format.number(community.recent)}
          detail={format.change(community.recent, community.previous)}
          size="side"
        />
      </dl>
      {community.topTypes.length === 0 ? null : (
        <p className={styles.top}>
          <span>{t('top')}</span>
          {community.topTypes.map((row) => (
            <span key={row.type}>
              {typeName(row.type, language)} <b>{format.number(row.count)}</b>
            </span>
          ))}
        </p>
      )}
    </article>
  )
}
