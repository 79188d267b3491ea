import { concentrationCurve } from '@minqing/data/stats/concentration'
import { useMemo } from 'react'
import type { AnalysisResult } from '../../api/analyses.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'
import { messages } from './messages.ts'
import { histogramOf, unitsOf } from './result.ts'

/** Units by value, those that are significantly hot in the accent. */
export function Histogram({ result }: { result: AnalysisResult }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const bars = useMemo(() => histogramOf(result), [result])
  const highest = bars.reduce((most, { count }) => Math.max(most, count), 1)
  const share = (count: number) => ({ blockSize: `${(count / highest) * 100}%` })
  return (
    <ol className={styles.histogram}>
      {bars.map(({ from, to, count, hot }) => {
        const name = t('histogramBar', { from: formats.short(from), to: formats.short(to), count, hot })
        return (
          <li key={from} title={name}>
            <span className={styles.hidden}>{name}</span>
            <span className={styles.column} aria-hidden="true">
              <span className={styles.rest} style={share(count - hot)} />
              <span className={styles.hot} style={share(hot)} />
            </span>
            <span className={styles.tick} aria-hidden="true">
              {formats.short(from)}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

const side = 100

/** Share of the incidents by share of the units, the most affected first; the diagonal is an even spread. */
export function ConcentrationCurve({ result }: { result: AnalysisResult }) {
  const t = useMessages(messages)
  const path = useMemo(() => {
    const { places, incidents } = concentrationCurve(unitsOf(result).map((unit) => unit.incidents))
    const points = Array.from(
      places,
      (share, at) => `${(share * side).toFixed(2)} ${(side - incidents[at]! * side).toFixed(2)}`,
    )
    return `M${points.join('L')}`
  }, [result])
  return (
    <svg className={styles.curve} viewBox={`-1 -1 ${side + 2} ${side + 2}`} role="img" aria-label={t('curveLabel')}>
      <path className={styles.axis} d={`M0 0V${side}H${side}`} />
      <path className={styles.even} d={`M0 ${side}L${side} 0`} />
      <path className={styles.line} d={path} />
    </svg>
  )
}
