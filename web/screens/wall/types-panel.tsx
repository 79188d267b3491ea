import type { Language } from '@minqing/data/domain/label'
import type { WallPicture } from '@minqing/data/domain/wall'
import { useTranslations } from 'use-intl'
import styles from './bars.module.css'
import { Panel } from './panel.tsx'
import { typeName } from './type-name.ts'
import type { WallFormat } from './wall-format.ts'

/** What cases are about, and whether that grows. */
export function TypesPanel(props: { byType: WallPicture['byType']; format: WallFormat; language: Language }) {
  const { byType, format } = props
  const t = useTranslations('wall.types')
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
