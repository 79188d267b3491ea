import type { WallPicture } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import styles from './hours.module.css'
import { defineWallPanel, Frame, type WallView } from './panel.tsx'
import { pictureQuery } from '../wall-queries.ts'

const messages = defineMessages({
  zh: {
    title: '近24小时上报',
    note: '件/小时',
    mean: '近30天同时段均值',
    now: '近24小时',
    description: '近24小时共上报{count}件，最多的一小时为{peak}，{most}件。',
  },
  en: {
    title: 'Reported, last 24 h',
    note: 'cases per hour',
    mean: '30-day average for the hour',
    now: 'Last 24 h',
    description: '{count} cases in the last 24 hours; the busiest hour started at {peak} with {most} cases.',
  },
})

const width = 240
const height = 100

/** When cases come in: the last 24 hours as bars, the mean of each hour of the day as a line. */
export const hoursPanel = defineWallPanel({
  id: 'hours',
  query: ({ area }) => pictureQuery(area, ({ lastHours }) => lastHours),
  View,
  smallest: { width: 40, height: 18 },
})

function View({ data, wall }: { data: WallPicture['lastHours']; wall: WallView }) {
  const hours = data
  const { format } = wall
  const t = useMessages(messages)
  const top = Math.max(1, ...hours.map((hour) => Math.max(hour.count, hour.mean)))
  const step = width / hours.length
  const yOf = (count: number) => height - (count / top) * height
  const mean = hours.map((hour, index) => `${(index + 0.5) * step},${yOf(hour.mean).toFixed(2)}`).join(' ')
  const total = hours.reduce((sum, hour) => sum + hour.count, 0)
  const busiest = hours.reduce((best, hour) => (hour.count > best.count ? hour : best), hours[0]!)
  return (
    <Frame title={t('title')} note={t('note')}>
      <div className={styles.chart}>
        <span className={styles.top}>{format.number(Math.ceil(top))}</span>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('description', {
            count: format.number(total),
            peak: format.time(busiest.from),
            most: format.number(busiest.count),
          })}
        >
          <line className={styles.grid} x1="0" x2={width} y1={height / 2} y2={height / 2} />
          {hours.map((hour, index) => (
            <rect
              key={hour.from}
              className={index === hours.length - 1 ? styles.running : styles.bar}
              x={index * step + step * 0.14}
              width={step * 0.72}
              y={yOf(hour.count)}
              height={height - yOf(hour.count)}
            />
          ))}
          <polyline className={styles.mean} points={mean} />
          <line className={styles.base} x1="0" x2={width} y1={height} y2={height} />
        </svg>
      </div>
      <div className={styles.hours} aria-hidden="true">
        {hours.map((hour, index) =>
          index % 6 === 0 || index === hours.length - 1 ? (
            <span key={hour.from} style={{ insetInlineStart: `${(100 * (index + 0.5)) / hours.length}%` }}>
              {format.time(hour.from).slice(0, 2)}
            </span>
          ) : null,
        )}
      </div>
      <p className={styles.key}>
        <span className={styles.barKey}>{t('now')}</span>
        <span className={styles.meanKey}>{t('mean')}</span>
      </p>
    </Frame>
  )
}
