import type { UnitResult } from '@minqing/data/domain/analysis'
import { significanceLevels, warningLevels } from '@minqing/data/domain/significance'
import { emergingClassLabels } from '@minqing/data/domain/emerging-hot-spot'
import { useMemo, useState } from 'react'
import type { AnalysisResult } from '../../api/analyses.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'
import { messages } from './messages.ts'
import { pointMessages } from './point-messages.ts'
import { ranked, ratioOf, selectedWith } from './result.ts'
import { TableFrame } from '../../ui/table-frame.tsx'

const columns = ['incidents', 'expected', 'ratio', 'z', 'q'] as const
type Column = (typeof columns)[number]

/** More rows than anybody reads; the download has all of them. */
const mostRows = 200

/** The units in the order of z, or of another column; a row selects its unit, as the map does. */
export function RankedTable({
  result,
  selected,
  onSelect,
}: {
  result: AnalysisResult
  selected: string | null
  onSelect: (code: string | null) => void
}) {
  const t = useMessages(messages)
  const own = useMessages(pointMessages)
  const formats = useFormats()
  const language = useLanguage()
  const all = useMemo(() => ranked(result), [result])
  const significant = useMemo(
    () => all.filter((unit) => unit.class !== 0 || (unit.emerging ?? 'none') !== 'none'),
    [all],
  )
  const [only, setOnly] = useState(true)
  const [sort, setSort] = useState<{ by: Column; down: boolean }>({ by: 'z', down: true })
  const rows = useMemo(
    () => sorted(only && significant.length > 0 ? significant : all, sort),
    [only, significant, all, sort],
  )
  const chosen = useMemo(() => new Set(selectedWith(result, selected).map(({ code }) => code)), [result, selected])
  const shown = rows.slice(0, mostRows)
  const levelText = (unit: UnitResult) => {
    if (unit.warning !== undefined) {
      const { rate } = warningLevels.find((entry) => entry.class === unit.class) ?? { rate: null }
      return rate === null ? t('usual') : t('warned', { rate: formats.percent(rate) })
    }
    if (unit.tested === false) return own('untested')
    if (unit.emerging !== undefined) return emergingClassLabels[unit.emerging][language]
    const level = significanceLevels.find((entry) => entry.class === Math.abs(unit.class))
    if (level === undefined) return t('notSignificant')
    return t(unit.class > 0 ? 'levelHot' : 'levelCold', { level: String(Math.round((1 - level.q) * 100)) })
  }
  return (
    <section className={styles.ranking} aria-label={t('hotSpots')}>
      <div className={styles.heading}>
        <h2>{t('hotSpots')}</h2>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={only && significant.length > 0}
            disabled={significant.length === 0}
            onChange={({ target }) => setOnly(target.checked)}
          />
          {t('onlySignificant')}
        </label>
      </div>
      <TableFrame className={styles.rows} name={t('hotSpots')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('unitName')}</th>
              {columns.map((by) => (
                <th key={by} scope="col" aria-sort={sort.by === by ? (sort.down ? 'descending' : 'ascending') : 'none'}>
                  <button type="button" onClick={() => setSort({ by, down: sort.by === by ? !sort.down : by !== 'q' })}>
                    {t(by)}
                  </button>
                </th>
              ))}
              <th scope="col">{t('level')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((unit) => (
              <tr key={unit.code} data-selected={chosen.has(unit.code) || undefined} data-class={Math.sign(unit.class)}>
                <th scope="row">
                  <button
                    type="button"
                    aria-pressed={chosen.has(unit.code)}
                    onClick={() => onSelect(unit.code === selected ? null : unit.code)}
                  >
                    {unit.name || unit.code}
                  </button>
                </th>
                <td>{formats.count(unit.incidents)}</td>
                <td>{formats.decimal(unit.expected)}</td>
                <td>{formats.decimal(ratioOf(unit))}</td>
                <td>{unit.z === null ? unknown : unit.z.toFixed(2)}</td>
                <td>{qText(unit.q)}</td>
                <td>{levelText(unit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className={styles.quiet}>{t('listed', { shown: shown.length, all: all.length })}</p>
    </section>
  )
}

function qText(q: number | null): string {
  if (q === null) return unknown
  return q < 0.001 ? '<0.001' : q.toFixed(3)
}

function sorted(units: readonly UnitResult[], { by, down }: { by: Column; down: boolean }): UnitResult[] {
  const valueOf = (unit: UnitResult) => (by === 'ratio' ? ratioOf(unit) : unit[by])
  const sign = down ? -1 : 1
  // What is not known comes last in either order; equal ones keep their rank.
  return units.toSorted((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (left - right)
  })
}
