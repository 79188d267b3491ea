import { defineMessages, useMessages } from '../../i18n/messages.ts'
import type { MapLegend } from '../../map/map-inputs.ts'
import styles from './wall-legend.module.css'

const messages = defineMessages({
  zh: { density: '近30天案件密度', unit: '件/公顷' },
  en: { density: 'Cases of the last 30 days', unit: 'per hectare' },
})

/** What the colours of the heat mean, in numbers. */
export function WallLegend(props: { legend: MapLegend }) {
  const { breaks, colours, note } = props.legend
  const t = useMessages(messages)
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
      <p>{note}</p>
    </figure>
  )
}

/** Two significant digits are what a colour can tell. */
function limitText(limit: number): string {
  return `≥${limit >= 100 ? Math.round(limit) : Number(limit.toPrecision(2))}`
}
