import { isRepeat, type NearRepeat, reachOfRepeats } from '@minqing/data/domain/near-repeat'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Section } from '../../ui/section.tsx'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'

const messages = defineMessages({
  zh: {
    title: '近重复',
    repeats:
      '一件事件发生后，{from, plural, =0 {{metres, number} 米内} other {{from, number}–{metres, number} 米处}}、{days, number} 天里再发生的明显多于偶然情况：这段时间值得在附近回访和巡查。',
    none: '一件事件发生后，附近短期内再发生的次数与偶然情况没有可靠的差别。',
    distance: '距离',
    same: '{to, number} 米内',
    metres: '{from, number}–{to, number} 米',
    days: '{from, number}–{to, number} 天',
    cell: '实际 {observed} 对，随机时 {expected} 对，p {p}',
    note: '格内为实际与随机时事件对数之比；加色的格子为近重复。',
  },
  en: {
    title: 'Near repeats',
    repeats:
      'After an incident, clearly more happen {from, plural, =0 {within {metres, number} m} other {{from, number}–{metres, number} m away}} and within {days, number} days than by chance: worth a visit and patrols nearby in that time.',
    none: 'After an incident, no more happen nearby soon than by chance, as far as can be told.',
    distance: 'Distance',
    same: 'Within {to, number} m',
    metres: '{from, number}–{to, number} m',
    days: '{from, number}–{to, number} days',
    cell: '{observed} pairs, {expected} by chance, p {p}',
    note: 'Cells are the ratio of pairs to those by chance; coloured ones are near repeats.',
  },
})

/** Pairs of incidents by distance and days, and what that means in one sentence. */
export function NearRepeats({ nearRepeat }: { nearRepeat: NearRepeat }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const { distance, days, cells } = nearRepeat
  const reach = reachOfRepeats(nearRepeat)
  return (
    <Section title={t('title')} text={reach === null ? t('none') : t('repeats', reach)} level={3}>
      <table className={`${styles.table} ${styles.numbers}`}>
        <thead>
          <tr>
            <th scope="col">{t('distance')}</th>
            {days.map((to, column) => (
              <th key={to} scope="col">
                {t('days', { from: column === 0 ? 0 : days[column - 1]! + 1, to })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {distance.map((to, row) => (
            <tr key={to}>
              <th scope="row">{row === 0 ? t('same', { to }) : t('metres', { from: distance[row - 1]!, to })}</th>
              {cells.slice(row * days.length, (row + 1) * days.length).map((cell, column) => (
                <td
                  key={days[column]}
                  data-repeat={isRepeat(cell) || undefined}
                  title={t('cell', {
                    observed: formats.count(cell.observed),
                    expected: formats.decimal(cell.expected),
                    p: cell.p.toFixed(3),
                  })}
                >
                  {cell.ratio === null ? unknown : cell.ratio.toFixed(2)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.quiet}>{t('note')}</p>
    </Section>
  )
}
