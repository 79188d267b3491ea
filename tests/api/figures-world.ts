import type { Channel } from '@minqing/data/domain/channel'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { WorkflowRole } from '@minqing/data/domain/incident-workflow/incident-loop'
import type { StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import { actorAs } from '../../server/access/actor.ts'
import type { Database } from '../../server/store/connect.ts'
import { appendSteps } from '../../server/workflow/append-steps.ts'
import { mergeIncident } from '../../server/workflow/merge-incidents.ts'
import { lockLoop } from '../../server/workflow/read-loop.ts'
import { writeAs } from '../../server/writing/write-as.ts'
import { changed, grids, insertIncident, street } from './world.ts'

type Entry = [at: string, by: [id: string, role: WorkflowRole], content: StepContent]
export type Seed = { number: string; grid: string; channel?: Channel; type: IncidentType; steps: Entry[] }

export const at = (text: string) => new Date(`${text}:00+08:00`)
const duty: Entry[1] = ['duty', 'duty_officer']
const lead: Entry[1] = ['lead', 'centre_lead']
const mediator: Entry[1] = ['mediator', 'mediator']
const reporter: Entry[1] = ['', 'reporter']

/** A case with its log as people would have written it, the report first. */
export async function writeCase(
  database: Database,
  { number, grid, channel = 'walk_in', type, steps }: Seed,
): Promise<void> {
  const [first] = steps
  const reportedAt = at(first![0]).toISOString()
  await insertIncident(database, { number, gridCode: grid, channel, type, status: '10', reportedAt, title: '标记' })
  await database`
    insert into incident_step (street_code, number, sequence, position, to_status, at, action, actor_role)
    select ${street}, ${number}, 1, position + 1, '10', ${reportedAt}, 'report', 'reporter'
    from log_head where street_code = ${street}`
  await database`update log_head set position = position + 1 where street_code = ${street}`
  for (const [time, [id, role], content] of steps.slice(1)) {
    const audited = { action: 'change', object: 'incident', area: street, target: number } as const
    await writeAs(database, actorAs({ id: 'duty' }, 'duty_officer', [street]), audited, async (writing) => {
      const loop = await lockLoop(writing.transaction, street, number)
      await appendSteps(writing, { street, number }, loop, [{ content }], { id, role }, at(time))
    })
  }
}

/** Report to signing on one day, ten minutes apart from nine. */
function begun(day: string, type: IncidentType, urgency: '1' | '2' = '1'): Entry[] {
  return [
    [`${day}T09:00`, reporter, { action: 'report' }],
    [`${day}T09:10`, duty, { action: 'accept' }],
    [`${day}T09:20`, duty, { action: 'classify', type, risk: 'yellow', urgency }],
    [`${day}T09:30`, duty, { action: 'dispatch', unit: '街道司法所' }],
    [`${day}T10:00`, mediator, { action: 'sign' }],
  ]
}

const world: Seed[] = [
  // Agreed upon and closed in time, visited and rated.
  {
    number: 'A',
    grid: grids[0]!,
    type: 'D02',
    steps: [
      ...begun('2026-03-02', 'D02'),
      ['2026-03-02T10:30', mediator, { action: 'mediate', mediation: 'people' }],
      ['2026-03-05T15:00', mediator, { action: 'finish', outcome: 'oral' }],
      ['2026-03-06T09:00', duty, { action: 'close' }],
      ['2026-03-06T10:00', duty, { action: 'begin_follow_up' }],
      ['2026-03-07T10:00', reporter, { action: 'rate', rating: 'satisfied' }],
      ['2026-03-12T10:00', duty, { action: 'visit', satisfaction: 'satisfied' }],
    ],
  },
  // Late in everything, sent back once, without agreement; due three days after its acceptance.
  {
    number: 'B',
    grid: grids[0]!,
    channel: 'hotline_12345',
    type: 'D06',
    steps: [
      ...begun('2026-03-03', 'D06', '2'),
      ['2026-03-03T13:00', mediator, { action: 'record' }],
      ['2026-03-10T09:00', mediator, { action: 'finish', outcome: 'failed' }],
      ['2026-03-11T09:00', duty, { action: 'rework', reason: '未告知救济途径' }],
      ['2026-03-12T09:00', mediator, { action: 'finish', outcome: 'failed' }],
      ['2026-03-13T09:00', duty, { action: 'close' }],
      ['2026-03-14T09:00', reporter, { action: 'rate', rating: 'dissatisfied' }],
    ],
  },
  // Extended and returned, and nobody has it since.
  {
    number: 'C',
    grid: grids[1]!,
    type: 'E03',
    steps: [
      ...begun('2026-03-05', 'E03').slice(0, 4),
      ['2026-03-06T09:00', lead, { action: 'extend', reason: '待招标', dueAt: '2026-03-20T18:00:00+08:00' }],
      ['2026-03-06T10:00', lead, { action: 'return', reason: '权属不清' }],
    ],
  },
  // Suspended before anybody had to act.
  {
    number: 'D',
    grid: grids[2]!,
    type: 'D14',
    steps: [
      ...begun('2026-03-20', 'D14'),
      ['2026-03-20T10:30', lead, { action: 'suspend', reason: '待鉴定', until: '2026-04-30T00:00:00+08:00' }],
    ],
  },
  // To be merged into D.
  { number: 'E', grid: grids[3]!, type: 'D14', steps: [['2026-03-21T09:00', reporter, { action: 'report' }]] },
  // Closed in February, relapsed in March.
  {
    number: 'F',
    grid: grids[1]!,
    type: 'E04',
    steps: [
      ...begun('2026-02-10', 'E04'),
      ['2026-02-10T11:00', mediator, { action: 'record' }],
      ['2026-02-19T09:00', mediator, { action: 'finish', outcome: 'settled' }],
      ['2026-02-20T09:00', duty, { action: 'close' }],
      ['2026-02-20T10:00', duty, { action: 'begin_follow_up' }],
      ['2026-03-15T09:00', duty, { action: 'relapse', reason: '再次损坏' }],
    ],
  },
  // A year ago, answered at once.
  {
    number: 'G',
    grid: grids[3]!,
    type: 'E08',
    steps: [
      ['2025-03-10T09:00', reporter, { action: 'report' }],
      ['2025-03-10T09:10', duty, { action: 'accept' }],
      ['2025-03-10T09:20', duty, { action: 'close_directly', outcome: 'settled' }],
    ],
  },
]

/** H, of which a file says how far it has come and no more, and no grid. */
const fromFile: [at: string, from: string | null, to: string][] = [
  ['2026-01-05T09:00', null, '10'],
  ['2026-01-05T10:00', '10', '40'],
  ['2026-01-05T11:00', '40', '50'],
  ['2026-01-08T09:00', '50', '70'],
  ['2026-01-09T09:00', '70', '75'],
  ['2026-01-20T09:00', '75', '80'],
]

/** Every case with its log; E is merged into D, and what is known of H is from a file. */
export async function writeWorld(database: Database): Promise<void> {
  for (const seed of world) await writeCase(database, seed)
  const merged = { street, number: 'E', into: 'D' }
  const actor = actorAs({ id: 'duty' }, 'duty_officer', [street])
  await mergeIncident(database, actor, merged, { sequence: 1, reason: '同一事' }, at('2026-03-21T10:00'))
  await insertIncident(database, {
    number: 'H',
    gridCode: null,
    type: 'D04',
    status: '80',
    reportedAt: at('2026-01-05T09:00').toISOString(),
    dueAt: at('2026-01-12T18:00').toISOString(),
  })
  for (const [index, [time, from, to]] of fromFile.entries())
    await database`
      insert into incident_step (street_code, number, sequence, position, from_status, to_status, at)
      values (${street}, 'H', ${index + 1}, ${1000 + index}, ${from}, ${to}, ${at(time)})`
  await changed(database, 'incidents')
}
