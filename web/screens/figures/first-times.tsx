import type { Figures } from '@minqing/data/domain/figure-answers'
import { figureOf, type FigureValue, type FirstTime, firstTimes } from '@minqing/data/domain/figures'
import { Fragment, useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Section } from '../../ui/section.tsx'
import { TableFrame } from '../../ui/table-frame.tsx'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import { CountLink, useFigureText } from './figure-number.tsx'
import { Change } from './figure-table.tsx'
import styles from './figures.module.css'
import { messages } from './messages.ts'
import type { ChangeFigures } from './use-figure-view.ts'

/** How soon cases were accepted, attended to, resolved and visited: half of them within the median, and how many in time. */
export function FirstTimes({ figures, change }: { figures: Figures; change: ChangeFigures }) {
  const t = useMessages(messages)
  return (
    <Section title={t('firstTimes')} text={t('firstTimesText')}>
      <TableFrame className={styles.frame} name={t('firstTimes')}>
        <table className={styles.table} data-wide>
          <thead>
            <tr>
              <th scope="col">{t('part')}</th>
              <th scope="col">{t('measured')}</th>
              <th scope="col">{t('limit')}</th>
              <th scope="col" className={styles.number}>
                {t('median')}
              </th>
              <th scope="col" className={styles.number}>
                {t('inTime')}
              </th>
              <th scope="col" className={styles.number}>
                {t('parts')}
              </th>
              <th scope="col">{t('change')}</th>
              <th scope="col">{t('yearChange')}</th>
            </tr>
          </thead>
          <tbody>
            {firstTimes.map((name) => (
              <TimeRow key={name} name={name} figures={figures} change={change} />
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  )
}

function TimeRow({ name, figures, change }: { name: FirstTime; figures: Figures; change: ChangeFigures }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const duration = useMinutesText()
  const text = useFigureText()
  const [isOpen, setOpen] = useState(false)
  const own = (values: readonly FigureValue[]) => values.find(({ figure }) => figure === name)
  const { label, cohort, time } = figureOf(name)
  const value = own(figures.current)
  if (time === undefined || value === undefined) return null
  const before = own(figures.previous)?.median ?? null
  const definition = `${label[language]}：${cohort[language]}`
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <button
            type="button"
            className={styles.name}
            aria-expanded={isOpen}
            aria-label={t('define', { figure: time.name[language] })}
            title={definition}
            onClick={() => setOpen(!isOpen)}
          >
            {time.name[language]}
          </button>
        </th>
        <td>{time.span[language]}</td>
        <td>{time.limit[language]}</td>
        <td className={styles.number}>
          <span className={styles.value}>{duration(value.median)}</span>
          {before !== null && <div className={styles.quiet}>{t('before', { value: duration(before) })}</div>}
        </td>
        <td className={`${styles.number} ${styles.value}`}>{text(value)}</td>
        <td className={styles.number}>
          <CountLink figure={name} part="numerator" count={value.numerator} change={change} />
          {' / '}
          <CountLink figure={name} part="denominator" count={value.denominator ?? 0} change={change} />
        </td>
        <td>
          <Change now={value} before={own(figures.previous)} />
        </td>
        <td>
          <Change now={value} before={own(figures.lastYear)} />
        </td>
      </tr>
      {isOpen && (
        <tr className={styles.note}>
          <td colSpan={8}>{definition}</td>
        </tr>
      )}
    </Fragment>
  )
}

/** Minutes as minutes, hours or days. */
export function useMinutesText(): (minutes: number | null) => string {
  const t = useMessages(messages)
  const formats = useFormats()
  return (minutes) => {
    if (minutes === null) return unknown
    if (minutes < 120) return t('minutes', { value: Math.round(minutes) })
    const hours = minutes / 60
    return hours < 48
      ? t('hours', { value: formats.decimal(hours) })
      : t('days', { value: formats.decimal(hours / 24) })
  }
}
