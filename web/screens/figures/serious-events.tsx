import type { Figures } from '@minqing/data/domain/figure-answers'
import { figureGroupLabels } from '@minqing/data/domain/figure-definition'
import { type FigureName, figureOf, type FigureValue } from '@minqing/data/domain/figures'
import { seriousEventFigures } from '@minqing/data/domain/serious-event-figures'
import { useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Section } from '../../ui/section.tsx'
import { TableFrame } from '../../ui/table-frame.tsx'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import { CountLink } from './figure-number.tsx'
import styles from './figures.module.css'
import { messages } from './messages.ts'
import type { ChangeFigures } from './use-figure-view.ts'

/** An object literal's keys are exactly those of its type. */
const names = Object.keys(seriousEventFigures) as (keyof typeof seriousEventFigures)[]

const rowTitles = { current: 'current', previous: 'previousPeriod', lastYear: 'sameLastYear' } as const

/** What a centre has to prevent, in the period and in those that it is compared with: counts so small that they stand side by side. */
export function SeriousEvents({ figures, change }: { figures: Figures; change: ChangeFigures }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const [defined, setDefined] = useState<FigureName | null>(null)
  const title = figureGroupLabels.serious[language]
  const own = (values: readonly FigureValue[], name: FigureName) => values.find(({ figure }) => figure === name)
  /** Of cases from files alone it is not recorded; where there are no others, nothing is known. */
  const fromFiles = (values: readonly FigureValue[]) => own(values, 'criminal')?.unknown ?? 0
  const countText = (values: readonly FigureValue[], name: FigureName) => {
    const count = own(values, name)?.numerator ?? 0
    const isUnknown =
      count === 0 && fromFiles(values) > 0 && fromFiles(values) === own(values, 'valid_share')?.numerator
    return isUnknown ? unknown : formats.count(count)
  }
  return (
    <Section title={title} text={t('seriousText')}>
      <TableFrame className={styles.frame} name={title}>
        <table className={styles.table} data-wide>
          <thead>
            <tr>
              <th scope="col">{t('period')}</th>
              {names.map((name) => (
                <th key={name} scope="col" className={styles.number}>
                  <button
                    type="button"
                    className={styles.name}
                    aria-expanded={defined === name}
                    aria-label={t('define', { figure: figureOf(name).label[language] })}
                    title={figureOf(name).cohort[language]}
                    onClick={() => setDefined(defined === name ? null : name)}
                  >
                    {figureOf(name).label[language]}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('current')}</th>
              {names.map((name) => (
                <td key={name} className={`${styles.number} ${styles.value}`}>
                  <CountLink
                    figure={name}
                    part="numerator"
                    count={own(figures.current, name)?.numerator ?? 0}
                    change={change}
                  />
                </td>
              ))}
            </tr>
            {(['previous', 'lastYear'] as const).map((period) => (
              <tr key={period} title={t('span', figures.periods[period])}>
                <th scope="row" className={styles.quiet}>
                  {t(rowTitles[period])}
                </th>
                {names.map((name) => (
                  <td key={name} className={`${styles.number} ${styles.quiet}`}>
                    {countText(figures[period], name)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {defined !== null && <p className={styles.quiet}>{figureOf(defined).cohort[language]}</p>}
      {(['current', 'previous', 'lastYear'] as const).map((period) => {
        const count = fromFiles(figures[period])
        return count === 0 ? null : (
          <p key={period} className={styles.quiet}>
            {t(rowTitles[period])}: {t('unknownCases', { count, what: figureOf('criminal').unknown?.[language] ?? '' })}{' '}
            {period === 'current' && <CountLink figure="criminal" part="unknown" count={count} change={change} />}
          </p>
        )
      })}
    </Section>
  )
}
