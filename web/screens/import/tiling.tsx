import type { ImportPreview } from '@minqing/data/domain/import'
import { useLocale } from 'use-intl'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './tiling.module.css'
import { useWords } from './words/use-words.ts'

/** Grids that overlap or leave gaps: told, drawn, and to be taken home as places for QGIS. */
export function Tiling({ tiling }: { tiling: NonNullable<ImportPreview['tiling']> }) {
  const words = useWords()
  const language = useLocale()
  const { label, svg, geojson } = tiling
  const picture = address('image/svg+xml', svg)
  return (
    <Notice title={words.tiling}>
      {label[language]}
      <span className={styles.tiling}>
        <img className={styles.picture} src={picture} alt={words.tilingPicture} />
        <span className={styles.downloads}>
          <a href={picture} download={words.tilingFile('svg')}>
            <Icon name="download" />
            {words.tilingSvg}
          </a>
          <a href={address('application/geo+json', geojson)} download={words.tilingFile('geojson')}>
            <Icon name="download" />
            {words.tilingGeojson}
          </a>
        </span>
      </span>
    </Notice>
  )
}

function address(type: string, text: string): string {
  return `data:${type};charset=utf-8,${encodeURIComponent(text)}`
}
