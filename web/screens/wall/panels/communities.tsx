import type { WallCommunity } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import styles from './communities.module.css'
import { defineWallPanel, Frame, type WallView } from './panel.tsx'
import { pictureQuery } from '../wall-queries.ts'

const messages = defineMessages({
  zh: {
    title: '各社区',
    note: '近30天',
    name: '社区',
    open: '未结',
    overdue: '超期',
    recent: '上报',
    change: '较前30天',
  },
  en: {
    title: 'Communities',
    note: '30 days',
    name: 'Community',
    open: 'Open',
    overdue: 'Overdue',
    recent: 'Reported',
    change: 'Change',
  },
})

/** The communities side by side, for walls wide enough; the tour's place is marked. */
export const communitiesPanel = defineWallPanel({
  id: 'communities',
  query: ({ area }) => pictureQuery(area, ({ communities }) => communities),
  View,
  smallest: { width: 40, height: 20 },
})

function View({ data, wall }: { data: readonly WallCommunity[]; wall: WallView }) {
  const { format } = wall
  const t = useMessages(messages)
  return (
    <Frame title={t('title')} note={t('note')} grow>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('open')}</th>
            <th scope="col">{t('overdue')}</th>
            <th scope="col">{t('recent')}</th>
            <th scope="col">{t('change')}</th>
          </tr>
        </thead>
        <tbody>
          {data.map((community) => (
            <tr key={community.code} aria-current={community.code === wall.community ? 'location' : undefined}>
              <th scope="row">{community.name}</th>
              <td>{format.number(community.open)}</td>
              <td className={community.overdue > 0 ? styles.alert : undefined}>{format.number(community.overdue)}</td>
              <td>{format.number(community.recent)}</td>
              <td>{format.change(community.recent, community.previous)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Frame>
  )
}
