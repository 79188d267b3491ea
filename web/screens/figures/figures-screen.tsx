import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../../api/figures.ts'
import { useMay } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { NotAllowed } from '../account/not-allowed.tsx'
import { ScreenPage } from '../account/screen-page.tsx'
import { Board } from './board.tsx'
import { Cases } from './cases.tsx'
import { Choices } from './choices.tsx'
import { FigureTable } from './figure-table.tsx'
import { FirstTimes } from './first-times.tsx'
import styles from './figures.module.css'
import { Groups } from './groups.tsx'
import { messages } from './messages.ts'
import { SeriousEvents } from './serious-events.tsx'
import { type FigureChoices, useFigureChoices } from './use-figure-view.ts'

/** `/figures`: how the cases of a period were dealt with, and the cases behind each number. */
export function FiguresScreen() {
  const t = useMessages(messages)
  const mayCount = useMay('count', 'incident')
  const choices = useFigureChoices()
  if (!mayCount) return <NotAllowed />
  return (
    <ScreenPage title={t('title')} wide>
      {choices.number === undefined ? (
        <Overview choices={choices} />
      ) : (
        <Cases key={JSON.stringify([choices.search, choices.number])} choices={choices} number={choices.number} />
      )}
    </ScreenPage>
  )
}

function Overview({ choices }: { choices: FigureChoices }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const formats = useFormats()
  const { view, change, search } = choices
  const { data, error, isPlaceholderData, refetch } = useQuery(figuresQuery(search, view.by))
  const spanOf = ({ from, to }: { from: string; to: string }) => t('span', { from, to })
  return (
    <>
      <Choices choices={choices} />
      <Failure title={t('failed')} error={error} onRetry={() => void refetch()} />
      {error !== null ? null : data === undefined ? (
        <Section title={t('figures')} text={basic('loading')}>
          <Skeleton lines={8} />
        </Section>
      ) : (
        <div className={styles.answer} aria-busy={isPlaceholderData}>
          <SeriousEvents figures={data} change={change} />
          <Section
            title={t('figures')}
            text={t('known', {
              ...data.periods.current,
              asOf: formats.dateTime(new Date(data.periods.current.asOf)),
            })}
          >
            <p className={styles.quiet}>
              {t('comparedWith', {
                previous: spanOf(data.periods.previous),
                lastYear: spanOf(data.periods.lastYear),
              })}
            </p>
            <FigureTable figures={data} change={change} />
          </Section>
          <FirstTimes figures={data} change={change} />
          <Groups figures={data} by={view.by} change={change} />
          <Board choices={choices} until={data.periods.current.to} />
        </div>
      )}
    </>
  )
}
