import type { WallCommunity } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import styles from './communities-panel.module.css'
import { Panel } from './panel.tsx'
import type { WallFormat } from './wall-format.ts'

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
export function CommunitiesPanel(props: {
  communities: readonly WallCommunity[]
  current: string | null
  format: WallFormat
}) {
  const { format } = props
  const t = useMessages(messages)
  return (
    <Panel title={t('title')} note={t('note')} grow>
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
          {props.communities.map((community) => (
            <tr key={community.code} aria-current={community.code === props.current ? 'location' : undefined}>
              <th scope="row">{community.name}</th>
              <td>{format.number(community.open)}</td>
              <td className={community.overdue > 0 ? styles.alert : undefined}>{format.number(community.overdue)}</td>
              <td>{format.number(community.recent)}</td>
              <td>{format.change(community.recent, community.previous)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
