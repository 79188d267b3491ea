import type { Figures } from '@minqing/data/domain/figure-answers'
import { figureGroupLabels, figureGroups } from '@minqing/data/domain/figure-definition'
import { figureChange, figureNames, figureOf, type FigureValue } from '@minqing/data/domain/figures'
import { Fragment, useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import { CountLink, useFigureText } from './figure-number.tsx'
import styles from './figures.module.css'
import { messages } from './messages.ts'
import type { ChangeFigures } from './use-figure-view.ts'
import { TableFrame } from '../../ui/table-frame.tsx'

/** Serious events stand in a table of their own. */
const shownGroups = figureGroups.filter((group) => group !== 'serious')

/** Every figure with its numbers and how it has changed; what it means is read by its name. */
export function FigureTable({ figures, change }: { figures: Figures; change: ChangeFigures }) {
  const t = useMessages(messages)
  const language = useLanguage()
  return (
    <TableFrame className={styles.frame} name={t('figures')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('figure')}</th>
            <th scope="col" className={styles.number}>
              {t('value')}
            </th>
            <th scope="col" className={styles.number}>
              {t('parts')}
            </th>
            <th scope="col">{t('change')}</th>
            <th scope="col">{t('yearChange')}</th>
          </tr>
        </thead>
        {shownGroups.map((group) => (
          <tbody key={group}>
            <tr>
              <th scope="colgroup" colSpan={5} className={styles.group}>
                {figureGroupLabels[group][language]}
              </th>
            </tr>
            {figureNames
              .filter((name) => figureOf(name).group === group)
              .map((name) => {
                const own = (values: readonly FigureValue[]) => values.find(({ figure }) => figure === name)
                const value = own(figures.current)
                return value === undefined ? null : (
                  <FigureRow
                    key={name}
                    value={value}
                    previous={own(figures.previous)}
                    lastYear={own(figures.lastYear)}
                    change={change}
                  />
                )
              })}
          </tbody>
        ))}
      </table>
    </TableFrame>
  )
}

function FigureRow({
  value,
  previous,
  lastYear,
  change,
}: {
  value: FigureValue
  previous: FigureValue | undefined
  lastYear: FigureValue | undefined
  change: ChangeFigures
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const text = useFigureText()
  const [isOpen, setOpen] = useState(false)
  const { figure, numerator, denominator } = value
  const definition = figureOf(figure)
  const label = definition.label[language]
  const cohort = definition.cohort[language]
  const isRate = definition.unit === 'rate'
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <button
            type="button"
            className={styles.name}
            aria-expanded={isOpen}
            aria-label={t('define', { figure: label })}
            title={cohort}
            onClick={() => setOpen(!isOpen)}
          >
            {label}
          </button>
        </th>
        <td className={`${styles.number} ${styles.value}`}>
          {isRate ? text(value) : <CountLink figure={figure} part="numerator" count={numerator} change={change} />}
        </td>
        <td className={styles.number}>
          {isRate && <CountLink figure={figure} part="numerator" count={numerator} change={change} />}
          {denominator !== null && (
            <>
              {isRate ? ' / ' : null}
              {!isRate && <span className={styles.quiet}>{definition.denominator?.[language]} </span>}
              <CountLink figure={figure} part="denominator" count={denominator} change={change} />
            </>
          )}
        </td>
        <td>
          <Change now={value} before={previous} />
        </td>
        <td>
          <Change now={value} before={lastYear} />
        </td>
      </tr>
      {(isOpen || value.unknown > 0) && (
        <tr className={styles.note}>
          <td colSpan={5}>
            {isOpen && <p>{cohort}</p>}
            {value.unknown > 0 && (
              <p>
                {t('unknownCases', { count: value.unknown, what: definition.unknown?.[language] ?? '' })}{' '}
                <CountLink figure={figure} part="unknown" count={value.unknown} change={change} />
              </p>
            )}
          </td>
        </tr>
      )}
    </Fragment>
  )
}

/** By how much, in words beside the arrow; whether that is wanted is its tone. */
export function Change({ now, before }: { now: FigureValue; before: FigureValue | undefined }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const text = useFigureText()
  const { unit, wanted } = figureOf(now.figure)
  const by = before === undefined ? null : figureChange(now.figure, now.value, before.value)
  const title = before === undefined ? undefined : t('before', { value: text(before) })
  // As it is shown, to a tenth of a percent.
  const rounded = by === null ? null : Math.round(by * 1000) / 1000
  if (rounded === null)
    return (
      <span className={styles.quiet} title={title}>
        {unknown}
      </span>
    )
  if (rounded === 0) return <span title={title}>{t('same')}</span>
  const size = Math.abs(rounded)
  const amount = unit === 'rate' ? t('points', { points: formats.decimal(size * 100) }) : formats.percent(size)
  const isUp = rounded > 0
  const tone = wanted === 'neither' ? undefined : isUp === (wanted === 'more') ? 'good' : 'bad'
  return (
    <span className={styles.change} data-tone={tone} title={title}>
      <span aria-hidden="true">{isUp ? '↑' : '↓'}</span> {t(isUp ? 'up' : 'down', { by: amount })}
    </span>
  )
}
