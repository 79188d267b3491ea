import { incidentStageLabels } from '@minqing/data/domain/incident-status'
import { transitions } from '@minqing/data/domain/incident-workflow/transitions'
import { statusesFor, type TaskClock, taskClockLabels, taskClocks } from '@minqing/data/domain/task'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay, useShownSession } from '../../api/session.ts'
import { useOwnStreets } from '../../api/status.ts'
import { type TaskAnswer, type TaskFilter, tasksOfPage, tasksQuery } from '../../api/tasks.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { dueMapPath } from '../../view/screen-path.ts'
import { NotAllowed } from '../account/not-allowed.tsx'
import { ScreenPage } from '../account/screen-page.tsx'
import { BulkSteps, routineSteps } from './bulk-steps.tsx'
import { CaseSide } from './case-side.tsx'
import { messages } from './messages.ts'
import { SupervisionLists } from './supervision-lists.tsx'
import { boardStages, statusesOf, TaskBoard } from './task-board.tsx'
import { type Selection, TaskTable } from './task-list.tsx'
import styles from './tasks.module.css'
import { type ChangeTaskView, type TaskView, useTaskView } from './use-task-view.ts'

/** `/tasks`: what has to be done, until when, and the lists of supervision. */
export function TasksScreen() {
  const t = useMessages(messages)
  const mayRead = useMay('read', 'incident')
  const mayChange = useMay('change', 'incident')
  const role = useShownSession()?.role
  const [view, change] = useTaskView()
  const [numbers, setNumbers] = useState<ReadonlySet<string>>(new Set())
  const { streets } = useOwnStreets()
  // Who works in several streets works in one at a time.
  const area = view.area ?? (streets.length > 1 ? streets[0]!.code : null)
  if (!mayRead) return <NotAllowed />
  const select: Selection = {
    numbers,
    toggle: (number) =>
      setNumbers(new Set(numbers.has(number) ? [...numbers].filter((one) => one !== number) : [...numbers, number])),
    setAll: (all) => setNumbers(new Set(all)),
  }
  const hasOwn = role !== undefined && statusesFor(role).length > 0
  const isMine = hasOwn && view.of !== 'all'
  const maySupervise = mayChange && (role === undefined || supervisors.includes(role))
  const show = (next: TaskView['view']) => {
    setNumbers(new Set())
    change({ view: next })
  }
  const showOf = (of: 'mine' | 'all') => {
    setNumbers(new Set())
    change({ of })
  }
  return (
    <ScreenPage title={t('title')} fills>
      <div className={styles.screen} data-open={view.case !== null || undefined}>
        <div className={styles.content}>
          <div className={styles.bar}>
            <div className={styles.chips} role="group" aria-label={t('view')}>
              {(['list', 'board', 'supervision'] as const).map((one) => (
                <Button key={one} pressed={view.view === one} onPress={() => show(one)}>
                  {t(one)}
                </Button>
              ))}
            </div>
            {hasOwn && view.view !== 'supervision' && (
              <div className={styles.chips} role="group" aria-label={t('whose')}>
                <Button pressed={isMine} onPress={() => showOf('mine')}>
                  {t('mine')}
                </Button>
                <Button pressed={!isMine} onPress={() => showOf('all')}>
                  {t('all')}
                </Button>
              </div>
            )}
            {streets.length > 1 && (
              <SelectField
                name={t('street')}
                value={area ?? ''}
                all={t('choose')}
                options={streets.map(({ code, name }) => ({ value: code, label: name }))}
                onChoose={(code) => {
                  setNumbers(new Set())
                  change({ area: code === '' ? null : code, case: null })
                }}
              />
            )}
            <a className={styles.onMap} href={dueMapPath(area, location.search)}>
              {t('dueOnMap')}
            </a>
          </div>
          {view.view === 'supervision' ? (
            <SupervisionLists area={area} view={view} change={change} selection={maySupervise ? select : undefined} />
          ) : (
            <Tasks
              key={`${isMine} ${area}`}
              area={area}
              view={view}
              change={change}
              isMine={isMine}
              selection={mayChange ? select : undefined}
            />
          )}
        </div>
        {view.case !== null && <CaseSide id={view.case} onClose={() => change({ case: null })} />}
      </div>
    </ScreenPage>
  )
}

const supervisors = transitions.find(({ action }) => action === 'supervise')?.by ?? []

function Tasks({
  area,
  view,
  change,
  isMine,
  selection,
}: {
  area: string | null
  view: TaskView
  change: ChangeTaskView
  isMine: boolean
  selection: Selection | undefined
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const [offset, setOffset] = useState(0)
  const statuses = view.stage === null ? [] : statusesOf(view.stage)
  const filter: TaskFilter = { area, clock: view.clock, isMine, statuses, offset }
  const query = useQuery(tasksQuery(filter))
  const { data } = query
  // What was done may have emptied the last page.
  if (data !== undefined && !query.isPlaceholderData && offset > 0 && offset >= data.total)
    setOffset(Math.max(0, offset - tasksOfPage))
  const turn = (to: Parameters<ChangeTaskView>[0]) => {
    setOffset(0)
    selection?.setAll([])
    change(to)
  }
  return (
    <>
      <div className={styles.bar}>
        <div className={styles.chips} role="group" aria-label={t('clock')}>
          <Button pressed={view.clock === null} onPress={() => turn({ clock: null })}>
            {t('anyClock', { count: sumOf(data, statuses, 'all') })}
          </Button>
          {taskClocks.map((clock) => (
            <Button key={clock} pressed={view.clock === clock} onPress={() => turn({ clock })}>
              {t('named', { label: taskClockLabels[clock][language], count: sumOf(data, statuses, clock) })}
            </Button>
          ))}
        </div>
        {view.view === 'list' && (
          <div className={styles.chips} role="group" aria-label={t('stage')}>
            <Button pressed={view.stage === null} onPress={() => turn({ stage: null })}>
              {t('anyStage')}
            </Button>
            {boardStages.map((stage) => (
              <Button key={stage} pressed={view.stage === stage} onPress={() => turn({ stage })}>
                {t('named', {
                  label: incidentStageLabels[stage][language],
                  count: sumOf(data, statusesOf(stage), view.clock ?? 'all'),
                })}
              </Button>
            ))}
          </div>
        )}
      </div>
      <Failure title={t('failed')} error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton lines={8} />}
      {view.view === 'board' ? (
        <TaskBoard
          filter={filter}
          opened={view.case}
          onOpen={(id) => change({ case: id })}
          onMore={(stage) => turn({ view: 'list', stage })}
        />
      ) : (
        data !== undefined && (
          <>
            {selection !== undefined && <BulkSteps cases={data.tasks} steps={routineSteps} selection={selection} />}
            {data.tasks.length === 0 ? (
              <Notice title={t('nothing')}>{t(isMine ? 'nothingMine' : 'nothingHere')}</Notice>
            ) : (
              <>
                <TaskTable
                  tasks={data.tasks}
                  at={data.at}
                  selection={selection}
                  opened={view.case}
                  onOpen={(id) => change({ case: id })}
                />
                <div className={styles.pages}>
                  <span className={styles.quiet}>
                    {t('shown', { from: offset + 1, until: offset + data.tasks.length, total: data.total })}
                  </span>
                  <Button disabled={offset === 0} onPress={() => setOffset(Math.max(0, offset - tasksOfPage))}>
                    {t('previous')}
                  </Button>
                  <Button
                    disabled={offset + data.tasks.length >= data.total}
                    onPress={() => setOffset(offset + tasksOfPage)}
                  >
                    {t('next')}
                  </Button>
                  <span className={`${styles.quiet} ${styles.keys}`}>{t('keys')}</span>
                </div>
              </>
            )}
          </>
        )
      )}
    </>
  )
}

/** How many cases there are of the statuses, or of all of them. */
function sumOf(data: TaskAnswer | undefined, statuses: readonly string[], clock: TaskClock | 'all'): number {
  return (data?.counts ?? [])
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .reduce((sum, count) => sum + count[clock], 0)
}
