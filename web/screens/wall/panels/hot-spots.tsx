import { type WallHotSpots, wallHotSpotDays } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { Bars } from '../../../ui/bar-list.tsx'
import styles from './bars.module.css'
import { defineWallPanel, Frame, type WallView } from './panel.tsx'
import { wallHotSpotsQuery } from '../wall-queries.ts'

const messages = defineMessages({
  zh: {
    title: '显著聚集处',
    note: '近{days}天居民反映 · 与平均之比',
    times: '{ratio}倍',
    outside: '网格以外',
    none: '没有显著聚集处',
    unknown: '无法比较：没有网格，或案件太少',
  },
  en: {
    title: 'Significant clusters',
    note: '{days} days · times the average',
    times: '{ratio} ×',
    outside: 'Outside grids',
    none: 'Nothing clusters significantly',
    unknown: 'No comparison: no grids, or too few cases',
  },
})

/** The others are on the map. */
const mostShown = 4

/** Where residents report significantly more than elsewhere: how much, and how many times what is expected. */
export const hotSpotsPanel = defineWallPanel({
  id: 'hot-spots',
  query: ({ area }) => wallHotSpotsQuery(area),
  View,
  smallest: { width: 40, height: 10 },
})

function View({ data: { size, spots }, wall }: { data: WallHotSpots; wall: WallView }) {
  const { format } = wall
  const t = useMessages(messages)
  const bars = spots.slice(0, mostShown).map(({ name, count, expected }, index) => ({
    key: String(index),
    label: name === '' ? t('outside') : name,
    count,
    value: <b>{format.number(count)}</b>,
    aside: expected > 0 ? t('times', { ratio: (count / expected).toFixed(1) }) : '—',
  }))
  return (
    <Frame title={t('title')} note={t('note', { days: String(wallHotSpotDays) })}>
      {bars.length > 0 ? <Bars bars={bars} className={styles.bars} /> : <p>{t(size === null ? 'unknown' : 'none')}</p>}
    </Frame>
  )
}
