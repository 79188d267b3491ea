import type { Language } from '@minqing/data/domain/label'
import type { WallPicture } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import styles from './bars.module.css'
import { Panel } from './panel.tsx'
import { typeName } from './type-name.ts'
import type { WallFormat } from './wall-format.ts'

const messages = defineMessages({
  zh: { title: '案件类型', note: '近30天 · 较前30天', description: '{type}：{count}件，较前30天{change}' },
  en: {
    title: 'By type',
    note: '30 days · vs previous 30',
    description: '{type}: {count} cases, {change} on the previous 30 days',
  },
})

/** What cases are about, and whether that grows. */
export function TypesPanel(props: { byType: WallPicture['byType']; format: WallFormat; language: Language }) {
  const { byType, format } = props
  const t = useMessages(messages)
  const longest = Math.max(1, ...byType.map((row) => row.count))
  return (
    <Panel title={t('title')} note={t('note')} grow>
      <ul className={`${styles.bars} ${styles.fitting}`}>
        {byType.map((row) => (
          <li key={row.type}>
            <span className={styles.name}>{typeName(row.type, props.language)}</span>
            <span className={styles.track} aria-hidden="true">
              <i style={{ inlineSize: `${(100 * row.count) / longest}%` }} />
            </span>
            <span className={styles.count}>{format.number(row.count)}</span>
            <span className={styles.aside}>{format.change(row.count, row.previous)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
