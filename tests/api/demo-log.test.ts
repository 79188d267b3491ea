import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import { comparedPeriods, calendarPeriod } from '@minqing/data/domain/figure-periods'
import { type FigureName, figureOf } from '@minqing/data/domain/figures'
import { rebuildLoop } from '@minqing/data/domain/incident-workflow/apply-step'
import { defaultClockSettings, timeLimitsOf } from '@minqing/data/domain/incident-workflow/clock-settings'
import type { WorkflowRole } from '@minqing/data/domain/incident-workflow/incident-loop'
import type { StepAction } from '@minqing/data/domain/incident-workflow/step-actions'
import { storedTask } from '@minqing/data/domain/stored-task'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAs, systemActor } from '../../server/access/actor.ts'
import { ensureDemo } from '../../server/demo/ensure-demo.ts'
import { countFigures } from '../../server/figures/count-figures.ts'
import { openScope } from '../../server/store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { listSupervision } from '../../server/tasks/list-supervision.ts'
import { contentOf } from '../../server/workflow/read-loop.ts'

const street = '990101001'
const asOf = new Date('2026-11-21T09:30:00+08:00')
const limits = timeLimitsOf(defaultClockSettings)

let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
  await ensureDemo(world.database, systemActor, { asOf })
}, 120_000)
afterAll(() => world.close())

type StepRow = {
  number: string
  action: StepAction
  actorRole: WorkflowRole
  content: Record<string, unknown>
  toStatus: IncidentStatus
  unit: string
  at: string
}
type IncidentRow = {
  number: string
  status: string
  type: string
  risk: string
  urgency: string
  closedAt: string | null
  dueAt: string | null
}
type TaskRow = { number: string; status: string; node: string | null; startedAt: string | null; dueAt: string | null }

const instant = (time: string | number | null) => (time === null ? null : new Date(time).toISOString())

test('every log of the street is one of the workflow, and gives the incident and the task that are stored', async () => {
  const { database } = world
  const steps = await database<StepRow[]>`
    select number, action, actor_role, content, to_status, unit, at from incident_step order by number, sequence`
  const logs = Map.groupBy(steps, ({ number }) => number)
  const tasks = new Map((await database<TaskRow[]>`select * from incident_task`).map((row) => [row.number, row]))
  const incidents = await database<IncidentRow[]>`
    select number, status, type, risk, urgency, closed_at, due_at from incident`
  expect(incidents.length).toBeGreaterThan(8500)
  expect(logs.size).toBe(incidents.length)
  for (const { number, closedAt, dueAt, ...stored } of incidents) {
    const log = logs.get(number)!
    const loop = rebuildLoop(
      log.map(({ action, actorRole, content, at }) => ({
        ...contentOf(action, content),
        actor: { id: '', role: actorRole },
        at: Date.parse(at),
      })),
    )
    const { status, type, risk, urgency } = loop
    expect([number, stored, instant(closedAt)]).toEqual([
      number,
      { status, type, risk, urgency },
      instant(loop.closedAt),
    ])
    expect([number, log.at(-1)?.toStatus, log.at(-1)?.unit]).toEqual([number, status, loop.unit])
    const task = storedTask(loop, loop.lastAt, limits)
    const row = tasks.get(number)
    expect([number, row?.status, row?.node, row && instant(row.startedAt), row && instant(row.dueAt)]).toEqual(
      task === null
        ? [number, undefined, undefined, undefined, undefined]
        : [number, task.status, task.node, instant(task.startedAt), instant(task.dueAt)],
    )
    const isResolving = loop.startedAt !== null && loop.status !== '90'
    expect([number, dueAt !== null]).toEqual([number, isResolving])
  }
})

test('no case waits for its follow-up without a time', async () => {
  const [row] = await world.database<[{ followed: number; timeless: number }]>`
    select count(*)::integer as followed, (count(*) filter (where t.due_at is null))::integer as timeless
    from incident i left join incident_task t using (street_code, number) where i.status in ('70', '75')`
  expect(row.followed).toBeGreaterThan(80)
  expect(row.timeless).toBe(0)
})

test('the parties that steps name have names, and nobody’s number', async () => {
  const [row] = await world.database<[{ named: number; entered: number; wrong: number }]>`
    select (select count(*)::integer from incident_party) as named,
      (select count(*)::integer from incident_step where action = 'add_party') as entered,
      (select count(*)::integer from incident_party where phone !~ '^154[0-9]{8}$' or name = '') as wrong`
  expect(row.named).toBeGreaterThan(1000)
  expect(row).toEqual({ named: row.entered, entered: row.entered, wrong: 0 })
})

/** Of a month that is over (domain: usual values); people of the demo let nothing serious happen. */
const ranges = new Map<FigureName, [least: number, most: number]>([
  ['overdue', [0, Infinity]],
  ['valid_share', [0.95, 1]],
  ['acceptance', [0.75, 0.97]],
  ['completion', [0.93, 1]],
  ['mediation_success', [0.84, 0.99]],
  ['solved', [0.88, 0.99]],
  ['due_closed', [0.93, 1]],
  ['due_on_time', [0.76, 0.93]],
  ['response', [0.92, 0.995]],
  ['extension', [0.005, 0.08]],
  ['returned', [0.02, 0.09]],
  ['rework', [0.02, 0.1]],
  ['participation', [0.18, 0.45]],
  ['satisfaction', [0.88, 1]],
  ['follow_up', [0.8, 0.99]],
  ['first_visit', [0.7, 0.99]],
  ['relapse', [0.002, 0.04]],
])

test.each(['2026-10-01', '2026-09-01', '2026-03-01'])(
  'no figure of the month of %s is unknown, and each is usual',
  async (day) => {
    const periods = comparedPeriods(calendarPeriod('month', day), asOf)!
    const { current } = await world.database.begin((transaction) =>
      countFigures(transaction, openScope, { area: street, periods, by: undefined }),
    )
    for (const { figure, value, unknown } of current) {
      const [least, most] = figureOf(figure).group === 'serious' ? [0, 0] : (ranges.get(figure) ?? [1, Infinity])
      const isUsual = expect.toSatisfy((known: number | null) => known !== null && known >= least && known <= most)
      expect([figure, value, unknown]).toEqual([figure, isUsual, 0])
    }
  },
)

test('there is something to supervise, and most of what is open is in time', async () => {
  const lead = actorAs({ id: 'lead' }, 'centre_lead', ['all'])
  const question = { area: street, list: undefined, limit: 500, offset: 0 }
  const { counts, cases } = await listSupervision(world.database, lead, question, asOf)
  const [, unhandled, irregular] = counts
  expect(unhandled?.cases).toBeGreaterThan(2)
  expect(irregular?.cases).toBeGreaterThan(2)
  expect(cases.length).toBeLessThan(120)
})
