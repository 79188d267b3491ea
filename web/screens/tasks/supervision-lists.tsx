import {
  supervisionListLabels,
  supervisionLists,
  type SupervisionReason,
  supervisionReasonLabels,
} from '@minqing/data/domain/supervision'
import { useQuery } from '@tanstack/react-query'
import { type SupervisedCase, supervisionQuery } from '../../api/tasks.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { BulkSteps, supervisionSteps } from './bulk-steps.tsx'
import { messages } from './messages.ts'
import { type Selection, TaskTable } from './task-list.tsx'
import styles from './tasks.module.css'
import type { ChangeTaskView, TaskView } from './use-task-view.ts'

/** The three lists that a centre is supervised for, with what has been done about each case and what is proposed. */
export function SupervisionLists({
  area,
  view,
  change,
  selection,
}: {
  area: string | null
  view: TaskView
  change: ChangeTaskView
  /** Undefined for who may not supervise. */
  selection: Selection | undefined
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const query = useQuery(supervisionQuery(area, view.list))
  const { data } = query
  const columns = useColumns()
  return (
    <>
      <div className={styles.chips} role="group" aria-label={t('supervision')}>
        {supervisionLists.map((list) => (
          <Button
            key={list}
            pressed={view.list === list}
            onPress={() => change({ list: view.list === list ? null : list })}
          >
            {t('named', {
              label: supervisionListLabels[list][language],
              count: data?.counts.find((one) => one.list === list)?.cases ?? 0,
            })}
          </Button>
        ))}
      </div>
      <Failure title={t('supervisionFailed')} error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton lines={6} />}
      {data?.isIncomplete === true && <p className={styles.quiet}>{t('incomplete')}</p>}
      {selection !== undefined && data !== undefined && (
        <BulkSteps cases={data.cases} steps={supervisionSteps} selection={selection} />
      )}
      {data !== undefined && data.cases.length === 0 ? (
        <Notice title={t('nothingSupervised')}>
          {data.counts.every(({ cases }) => cases === 0) ? t('nothingSupervisedText') : t('nothingOnList')}
        </Notice>
      ) : (
        data !== undefined && (
          <TaskTable
            tasks={data.cases}
            at={data.at}
            selection={selection}
            opened={view.case}
            onOpen={(id) => change({ case: id })}
            more={columns}
          />
        )
      )}
    </>
  )
}

function useColumns() {
  const t = useMessages(messages)
  const language = useLanguage()
  const recordOf = ({ urgings, yellowCards, redCards }: SupervisedCase) =>
    [
      urgings > 0 && t('urgings', { count: urgings }),
      yellowCards > 0 && t('yellowCards', { count: yellowCards }),
      redCards > 0 && t('redCards', { count: redCards }),
    ]
      .filter((part) => part !== false)
      .join('，') || t('noRecord')
  return [
    {
      head: t('reasons'),
      cell: ({ list, reasons }: SupervisedCase) => (
        <>
          {reasons.map((reason: SupervisionReason) => supervisionReasonLabels[reason][language]).join('；')}
          <span className={styles.block}>{supervisionListLabels[list][language]}</span>
        </>
      ),
    },
    { head: t('record'), cell: recordOf },
    { head: t('proposal'), cell: ({ proposed: { form, card } }: SupervisedCase) => t(card ?? form) },
  ]
}
