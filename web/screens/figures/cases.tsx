import { channelLabels } from '@minqing/data/domain/channel'
import type { FigureCase } from '@minqing/data/domain/figure-answers'
import { figureOf, noGroup } from '@minqing/data/domain/figures'
import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { figureCasePages, type FigureNumber } from '../../api/figures.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TableFrame } from '../../ui/table-frame.tsx'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import { casePath } from '../../view/screen-path.ts'
import styles from './figures.module.css'
import { groupName, useAreaName } from './group-name.ts'
import { messages } from './messages.ts'
import type { FigureChoices } from './use-figure-view.ts'

/** The cases that one number counts. `key` it by question and number: another one begins with its first page. */
export function Cases({
  choices: { search, area, period, view, change },
  number,
}: {
  choices: FigureChoices
  number: FigureNumber
}) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const language = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery(
    figureCasePages(search, number),
  )
  useEffect(() => heading.current?.focus(), [])
  const { label, numerator, denominator, unknown: withheld, cohort } = figureOf(number.figure)
  const part = { numerator, denominator, unknown: withheld }[number.part]
  const cases = data?.pages.flatMap((page) => page.cases) ?? []
  const isOfArea = number.by === 'area' && number.key !== undefined && number.key !== noGroup
  const areaName = useAreaName(isOfArea ? (number.key ?? area) : area)
  const group =
    number.by === undefined || number.key === undefined || isOfArea
      ? undefined
      : groupName(number.by, number.key, language, t('none'))
  const known = view.asOf === null ? undefined : `${t('asOf')} ${view.asOf.replace('T', ' ')}`
  const scope = [area === 'all' && !isOfArea ? undefined : areaName, group, period && t('span', period), known]
  return (
    <section className={styles.section} aria-label={t('cases')}>
      <div className={styles.heading}>
        <h2 ref={heading} tabIndex={-1}>
          {t('casesOf', { figure: label[language], part: part?.[language] ?? '' })}
        </h2>
        <Button onPress={() => change({ figure: null, key: null })}>{t('back')}</Button>
      </div>
      <p className={styles.quiet}>{scope.filter((one) => one !== undefined).join(' · ')}</p>
      <p className={styles.quiet}>{cohort[language]}</p>
      <Failure title={t('casesFailed')} error={error} onRetry={() => void refetch()} />
      {data !== undefined && cases.length === 0 ? (
        <Notice title={t('noCases')}>{t('noCasesText')}</Notice>
      ) : (
        <CaseTable cases={cases} />
      )}
      <div className={styles.end}>
        {hasNextPage && (
          <Button disabled={isFetching} onPress={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        )}
        <output className={styles.quiet}>
          {data === undefined
            ? error === null && basic('loading')
            : t(hasNextPage ? 'shown' : 'end', { count: cases.length })}
        </output>
      </div>
    </section>
  )
}

function CaseTable({ cases }: { cases: readonly FigureCase[] }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const time = (instant: string | null) => (instant === null ? unknown : formats.shortDateTime(new Date(instant)))
  const heads = ['number', 'type', 'channel', 'status', 'area', 'unit', 'reported', 'due', 'closed'] as const
  return (
    <TableFrame className={styles.frame} name={t('cases')}>
      <table className={styles.table} data-wide>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={`${one.streetCode}-${one.number}`}>
              <th scope="row">
                <a href={casePath(one.streetCode, one.number, location.search)}>{one.number}</a>
              </th>
              <td>{incidentTypeLabels[one.type][language]}</td>
              <td>{channelLabels[one.channel][language]}</td>
              <td>{incidentStatusLabels[one.status][language]}</td>
              <td>{one.areaName ?? one.areaCode}</td>
              <td>{one.unit ?? unknown}</td>
              <td className={styles.time}>{time(one.reportedAt)}</td>
              <td className={styles.time}>{time(one.dueAt)}</td>
              <td className={styles.time}>{time(one.closedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
