import { useTranslations } from 'use-intl'
import type { DensityLegend } from '../../map/map-inputs.ts'
import styles from './wall-legend.module.css'

/** What the colours of the heat mean, in numbers. */
export function WallLegend(props: { legend: DensityLegend }) {
  const { breaks, colours, radius } = props.legend
  const t = useTranslations('wall.map')
  return (
    <figure className={styles.legend}>
      <figcaption>
        {t('density')} <span>{t('unit')}</span>
      </figcaption>
      <ol>
        {colours.map((colour, index) => (
          <li key={colour}>
            <i style={{ background: colour }} />
            {limitText(breaks[index] ?? 0)}
          </li>
        ))}
      </ol>
      <p>{t('radius', { metres: String(Math.round(radius)) })}</p>
    </figure>
  )
}

/** Two significant digits are what a colour can tell. */
function limitText(limit: number): string {
  return `≥${limit >= 100 ? Math.round(limit) : Number(limit.toPrecision(2))}`
}
