import type { WallCounts } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { Bars } from '../../../ui/bar-list.tsx'
import styles from './bars.module.css'
import { defineWallPanel, Frame, type WallView } from './panel.tsx'
import { typeName } from '../wall-format.ts'
import { countsQuery } from '../wall-queries.ts'

const messages = defineMessages({
  zh: { title: '案件类型', note: '近30天 · 较前30天', description: '{type}：{count}件，较前30天{change}' },
  en: {
    title: 'By type',
    note: '30 days · vs previous 30',
    description: '{type}: {count} cases, {change} on the previous 30 days',
  },
})

/** What cases are about, and whether that grows. */
export const typesPanel = defineWallPanel({
  id: 'types',
  query: ({ area }) => countsQuery(area, ['type'], 30),
  View,
  smallest: { width: 40, height: 14 },
})

function View({ data, wall }: { data: WallCounts; wall: WallView }) {
  const { format, language } = wall
  const t = useMessages(messages)
  const bars = data
    .toSorted((a, b) => b.count - a.count || b.previous - a.previous)
    .flatMap(({ type, count, previous }) => {
      if (type === undefined) return []
      const [value, aside] = [<b key={type}>{format.number(count)}</b>, format.change(count, previous)]
      return { key: type, label: typeName(type, language), count, value, aside }
    })
  return (
    <Frame title={t('title')} note={t('note')} grow>
      <Bars bars={bars} className={`${styles.bars} ${styles.fitting}`} />
    </Frame>
  )
}
