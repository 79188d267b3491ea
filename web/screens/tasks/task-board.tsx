import {
  incidentStageLabels,
  type IncidentStage,
  incidentStatusLabels,
  stageOf,
} from '@minqing/data/domain/incident-status'
import { taskStatuses } from '@minqing/data/domain/task'
import { useQuery } from '@tanstack/react-query'
import { incidentId } from '../../api/incident.ts'
import { type TaskFilter, tasksQuery } from '../../api/tasks.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/notice.tsx'
import { RiskMark } from '../../ui/risk-mark.tsx'
import { Due } from './due.tsx'
import { messages } from './messages.ts'
import styles from './tasks.module.css'

export const boardStages = ['intake', 'dispatch', 'handling', 'finished'] as const satisfies readonly IncidentStage[]
const cardsOfStage = 30

export function statusesOf(stage: IncidentStage): string[] {
  return taskStatuses.filter((status) => stageOf[status] === stage)
}

/** A column for each stage of the loop, the most urgent case of each first. */
export function TaskBoard({
  filter,
  opened,
  onOpen,
  onMore,
}: {
  filter: TaskFilter
  opened: string | null
  onOpen: (id: string) => void
  onMore: (stage: IncidentStage) => void
}) {
  return (
    <div className={styles.board}>
      {boardStages.map((stage) => (
        <Column key={stage} stage={stage} filter={filter} opened={opened} onOpen={onOpen} onMore={onMore} />
      ))}
    </div>
  )
}

function Column({
  stage,
  filter,
  opened,
  onOpen,
  onMore,
}: {
  stage: IncidentStage
  filter: TaskFilter
  opened: string | null
  onOpen: (id: string) => void
  onMore: (stage: IncidentStage) => void
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const query = useQuery(tasksQuery({ ...filter, statuses: statusesOf(stage), offset: 0 }, cardsOfStage))
  const { at = '', tasks = [], total = 0 } = query.data ?? {}
  const label = incidentStageLabels[stage][language]
  return (
    <section className={styles.column} aria-label={label}>
      <h2>{t('named', { label, count: total })}</h2>
      <Failure title={t('failed')} error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton lines={3} />}
      <ul>
        {tasks.map((task) => {
          const id = incidentId(task.streetCode, task.number)
          return (
            <li key={id}>
              <button type="button" className={styles.card} aria-pressed={id === opened} onClick={() => onOpen(id)}>
                <span className={styles.cardHead}>
                  <RiskMark risk={task.risk} />
                  <span className={styles.name}>{task.title || task.number}</span>
                </span>
                <Due task={task} at={at} />
                <span className={styles.quiet}>
                  {incidentStatusLabels[task.status][language]}
                  {task.unit !== '' && ` · ${task.unit}`}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {total > tasks.length && (
        <Button kind="bare" onPress={() => onMore(stage)}>
          {t('more', { count: total - tasks.length })}
        </Button>
      )}
    </section>
  )
}
