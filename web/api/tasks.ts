import type { StepAction } from '@minqing/data/domain/incident-workflow/step-actions'
import type { SupervisionList } from '@minqing/data/domain/supervision'
import type { TaskClock } from '@minqing/data/domain/task'
import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../contract/api.ts'
import { get, post } from './fetch.ts'

export type TaskAnswer = Answer<'/api/tasks'>
export type Task = TaskAnswer['tasks'][number]
export type SupervisedCase = Answer<'/api/supervision'>['cases'][number]

/** Milliseconds: due times come nearer without anything being written. */
const refetchInterval = 60_000
/** Tasks that are shown at once. */
export const tasksOfPage = 100

export type TaskFilter = {
  area: string | null
  statuses: readonly string[]
  clock: TaskClock | null
  isMine: boolean
  offset: number
}

export function tasksQuery({ area, statuses, clock, isMine, offset }: TaskFilter, limit = tasksOfPage) {
  const query = {
    ...(area === null ? {} : { area }),
    ...(clock === null ? {} : { clock }),
    status: statuses.join(','),
    mine: isMine ? ('1' as const) : ('0' as const),
    limit: String(limit),
    offset: String(offset),
  }
  return queryOptions({
    queryKey: ['tasks', query],
    queryFn: ({ signal }) => get('/api/tasks', { query }, signal),
    refetchInterval,
    placeholderData: keepPreviousData,
  })
}

/** Cases that are asked for at once, and in all, of what is due today. */
const [dueOfPage, mostDue] = [500, 2000]

/** What is overdue or due by the end of the day in an area, the most urgent first; nothing is asked without one. */
export function dueTodayQuery(area: string | undefined) {
  const query = { area: area ?? '', clock: 'today', limit: String(dueOfPage) } as const
  return queryOptions({
    queryKey: ['tasks', 'due-today', area],
    enabled: area !== undefined,
    queryFn: async ({ signal }) => {
      const tasks: Task[] = []
      for (;;) {
        const page = await get('/api/tasks', { query: { ...query, offset: String(tasks.length) } }, signal)
        tasks.push(...page.tasks)
        if (page.tasks.length === 0 || tasks.length >= Math.min(page.total, mostDue))
          return { at: page.at, total: page.total, tasks }
      }
    },
    refetchInterval,
  })
}

export function supervisionQuery(area: string | null, list: SupervisionList | null) {
  const query = { ...(area === null ? {} : { area }), ...(list === null ? {} : { list }), limit: '500' }
  return queryOptions({
    queryKey: ['supervision', query],
    queryFn: ({ signal }) => get('/api/supervision', { query }, signal),
    refetchInterval,
    placeholderData: keepPreviousData,
  })
}

/** Units to which a case can be dispatched. */
export function proposalsQuery(street: string, number: string) {
  return queryOptions({
    queryKey: ['proposals', street, number],
    queryFn: ({ signal }) => get('/api/incidents/:street/:number/proposals', { param: { street, number } }, signal),
  })
}

/** A step that is taken of many cases. */
export type SharedStep = { action: StepAction; content: Record<string, unknown>; opinion: string }
export type StepFailure = { number: string; error: unknown }
/** Requests that are under way at once. */
const atOnce = 4

/** Takes the same step of many cases, each by itself: those that fail are returned with the reason. */
export function useTakeSteps() {
  const client = useQueryClient()
  const [done, setDone] = useState<{ taken: number; of: number } | null>(null)
  const take = async (cases: readonly Task[], step: SharedStep): Promise<StepFailure[]> => {
    const waiting = [...cases]
    const failures: StepFailure[] = []
    let taken = 0
    setDone({ taken, of: cases.length })
    const work = async () => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        const { streetCode: street, number, sequence } = one
        try {
          await post('/api/incidents/:street/:number/steps', { param: { street, number }, json: { sequence, ...step } })
        } catch (error) {
          failures.push({ number, error })
        }
        taken += 1
        setDone({ taken, of: cases.length })
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    setDone(null)
    for (const kind of ['tasks', 'supervision', 'loop', 'incident'] as const)
      void client.invalidateQueries({ queryKey: [kind] })
    return failures
  }
  return { take, done }
}
