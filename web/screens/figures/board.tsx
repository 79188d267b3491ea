import { boardFigures, longestStreak } from '@minqing/data/domain/figure-board'
import { calendarPeriod } from '@minqing/data/domain/figure-periods'
import { figureOf, firstTimes } from '@minqing/data/domain/figures'
import { useQuery } from '@tanstack/react-query'
import { figureBoardQuery } from '../../api/figures.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Failure } from '../../ui/failure.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { TableFrame } from '../../ui/table-frame.tsx'
import { CountLink, useFigureText } from './figure-number.tsx'
import styles from './figures.module.css'
import { useMinutesText } from './first-times.tsx'
import { messages } from './messages.ts'
import type { FigureChoices } from './use-figure-view.ts'

/** Each community in the month in which the period ends: what was resolved, and since when nothing of it is overdue. */
export function Board({ choices: { search, change }, until }: { choices: FigureChoices; until: string }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const language = useLanguage()
  const duration = useMinutesText()
  const text = useFigureText()
  const month = until.slice(0, 7)
  const period = calendarPeriod('month', until)
  const { data, error, refetch } = useQuery(figureBoardQuery(search, month))
  const months = (streak: number) =>
    streak >= longestStreak ? t('monthsAtLeast', { months: streak }) : t('months', { months: streak })
  return (
    <Section title={t('board', { month })} text={t('boardText')}>
      <Failure title={t('failed')} error={error} onRetry={() => void refetch()} />
      {data === undefined ? (
        <output className={styles.quiet}>{error === null && basic('loading')}</output>
      ) : data.communities.length === 0 ? (
        <Notice title={t('noCommunities')} />
      ) : (
        <TableFrame className={styles.frame} name={t('board', { month })}>
          <table className={styles.table} data-wide>
            <thead>
              <tr>
                <th scope="col">{t('community')}</th>
                {boardFigures.map((figure) => (
                  <th key={figure} scope="col" className={styles.number} title={figureOf(figure).cohort[language]}>
                    {figureOf(figure).label[language]}
                  </th>
                ))}
                <th scope="col">{t('cleared')}</th>
                <th scope="col" className={styles.number}>
                  {t('streak')}
                </th>
                {firstTimes.map((figure) => (
                  <th
                    key={figure}
                    scope="col"
                    className={styles.number}
                    title={t('timeOf', { figure: figureOf(figure).label[language] })}
                  >
                    {figureOf(figure).time?.name[language]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.communities.map(({ code, name, figures, isCleared, streak, firstTimes: times }) => (
                <tr key={code}>
                  <th scope="row">{name}</th>
                  {figures.map(({ figure, numerator }) => (
                    <td key={figure} className={styles.number}>
                      <CountLink
                        figure={figure}
                        part="numerator"
                        count={numerator}
                        within={{ area: code, name, ...period }}
                        change={change}
                      />
                    </td>
                  ))}
                  <td className={styles.change} data-tone={isCleared ? 'good' : undefined}>
                    <span aria-hidden="true">{isCleared ? '✓' : '·'}</span> {t(isCleared ? 'isCleared' : 'notCleared')}
                  </td>
                  <td className={styles.number}>{months(streak)}</td>
                  {times.map((value) => (
                    <td key={value.figure} className={styles.number}>
                      <span className={styles.rate}>{duration(value.median)}</span>
                      {text(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Section>
  )
}
