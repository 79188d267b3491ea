import { beforeAll, describe, expect, test } from 'vitest'
import { makeStreet } from '../street.ts'
import { dayLength } from '../../domain/local-time.ts'
import { clocksOf } from '../../domain/incident-workflow/clocks.ts'
import { rebuildLoop } from '../../domain/incident-workflow/apply-step.ts'
import { type StepAction, stepActions, stepContents } from '../../domain/incident-workflow/step-actions.ts'
import { storedTask } from '../../domain/stored-task.ts'
import { Random } from '../../stats/random.ts'
import { lifeOf } from './life.ts'
import { incidentAt, type IncidentNow, scriptedIncidents } from './make-series.ts'
import type { ScriptedIncident } from './make-series.ts'
import { standingOf, usualLimits } from './standing.ts'

const to = Date.parse('2026-11-21T20:00:00+08:00')
let incidents: ScriptedIncident[]
let now: IncidentNow[]
beforeAll(() => {
  incidents = [...scriptedIncidents(makeStreet(1, 2026), to - 548 * dayLength, to)]
  now = incidents.map((one) => incidentAt(one, to))
}, 120_000)

test('a life begins with the report, and each step follows the one before', () => {
  for (const { incident, life } of incidents) {
    expect(life[0]).toMatchObject({ content: { action: 'report' }, at: Date.parse(incident.reportedAt) })
    expect(life.every(({ at }, i) => i === 0 || at >= life[i - 1]!.at)).toBe(true)
  }
})

test('the workflow takes every step of every life to its end, which is the archive or void, within 400 days', () => {
  for (const { life } of incidents) {
    const { loop } = standingOf(life, usualLimits)
    expect(['80', '90']).toContain(loop.status)
    expect(loop.lastAt - loop.reportedAt).toBeLessThan(400 * dayLength)
  }
})

/** What is rare comes nearly every third time, so that all of it meets in one case. */
class Eventful extends Random {
  override chance(probability: number): boolean {
    return super.chance(probability < 0.3 ? 0.3 : probability)
  }
}

test('the workflow takes the steps of lives in which everything rare happens at once', () => {
  for (const { incident } of incidents.slice(0, 4000)) {
    const { type, channel, urgency, risk, involvedCount, reportedAt, communityCode } = incident
    const traits = { type, channel, urgency, risk, involvedCount, community: communityCode ?? '' }
    const random = new Eventful(7, incident.number)
    const life = lifeOf({ ...traits, reportedAt: Date.parse(reportedAt) }, random, null)
    expect(() => standingOf(life, usualLimits)).not.toThrow()
  }
})

test('what a step records is what its action has', () => {
  const faults = incidents.flatMap(({ incident, life }) =>
    life.flatMap(({ content: { action, ...content } }) => {
      const { error } = stepContents[action].safeParse(JSON.parse(JSON.stringify(content)))
      return error === undefined ? [] : [`${incident.number} ${action}: ${error.message}`]
    }),
  )
  expect(faults).toEqual([])
})

test('an incident is what the workflow makes of its steps, in time, state, risk and due time', () => {
  for (const { incident, steps, loop } of now) {
    const again = rebuildLoop(steps.map(({ content, role, at }) => ({ ...content, actor: { id: '', role }, at })))
    expect(loop).toEqual(again)
    const { status, type, risk, urgency } = again
    expect(incident).toMatchObject({ status, type, risk, urgency })
    expect(incident.closedAt).toBe(again.closedAt === null ? null : new Date(again.closedAt).toISOString())
  }
})

test('each step knows until when its case has to be resolved, as the clocks say', () => {
  for (const { incident, steps } of now.filter((_, index) => index % 5 === 0)) {
    const workflow = steps.map(({ content, role, at }) => ({ ...content, actor: { id: '', role }, at }))
    let before: number | null = null
    let last: number | null = null
    for (const [index, step] of steps.entries()) {
      const loop = rebuildLoop(workflow.slice(0, index + 1))
      const due = clocksOf(loop, step.at, usualLimits).find(({ node }) => node === 'resolve')?.dueAt ?? null
      expect([incident.number, index, step.dueAt]).toEqual([incident.number, index, due ?? before])
      before = due
      last = due ?? last
    }
    expect(incident.dueAt).toBe(last === null ? null : new Date(last).toISOString())
  }
})

test('what is old is finished, what is new is not, some are late and some are followed up, each until a time', () => {
  const open = now.filter(({ incident: { closedAt, status } }) => closedAt === null && status !== '90')
  const late = open.filter(({ incident: { dueAt } }) => dueAt !== null && Date.parse(dueAt) < to)
  expect(open.length).toBeGreaterThan(60)
  expect(open.length).toBeLessThan(400)
  expect(late.length).toBeGreaterThan(5)
  expect(late.length).toBeLessThan(open.length / 2)
  const followed = now.filter(({ incident }) => incident.status === '75')
  expect(followed.length).toBeGreaterThan(50)
  for (const { loop } of followed) expect(storedTask(loop, loop.lastAt, usualLimits)?.dueAt).toBeGreaterThan(0)
  const old = open.filter(({ incident }) => Date.parse(incident.reportedAt) < to - 150 * dayLength)
  expect(old.length / now.length).toBeLessThan(0.01)
})

test('an incident looks at an instant as it did then', () => {
  const one = incidents.find(({ life }) => life.length > 7)
  if (one === undefined) throw new Error('no long case')
  const third = one.life[2]?.at ?? 0
  expect(incidentAt(one, third - 1).steps).toHaveLength(2)
  expect(incidentAt(one, third).steps).toHaveLength(3)
})

test('without words the steps and their times are the same', () => {
  const street = makeStreet(1, 2026)
  const few = [to - 20 * dayLength, to - 10 * dayLength] as const
  const shape = (list: Iterable<ScriptedIncident>) =>
    [...list].map(({ life }) => life.map(({ at, role, content }) => [at, content.action, role === 'system']))
  expect(shape(scriptedIncidents(street, ...few, Infinity))).toEqual(shape(scriptedIncidents(street, ...few)))
})

describe('rates', () => {
  const share = (of: IncidentNow[], holds: (one: IncidentNow) => boolean) => of.filter(holds).length / of.length
  const has =
    (...actions: StepAction[]) =>
    ({ steps }: IncidentNow) =>
      steps.some(({ content }) => actions.includes(content.action))

  test('nearly all disputes that are closed are settled', () => {
    const closed = now.filter(({ loop, incident }) => loop.outcome !== null && incident.type.startsWith('D'))
    const settled = share(closed, ({ loop }) => ['written', 'oral', 'eased'].includes(loop.outcome ?? ''))
    expect(settled).toBeGreaterThan(0.9)
    expect(settled).toBeLessThan(0.96)
  })

  test('side ways are taken now and then', () => {
    const dispatched = now.filter(has('dispatch'))
    expect(share(dispatched, has('return'))).toBeGreaterThan(0.03)
    expect(share(dispatched, has('return'))).toBeLessThan(0.08)
    expect(share(now.filter(has('finish')), has('rework'))).toBeGreaterThan(0.03)
    expect(share(now.filter(has('finish')), has('rework'))).toBeLessThan(0.1)
    for (const action of [
      'escalate',
      'join',
      'suspend',
      'extend',
      'relapse',
      'reopen',
      'supervise',
      'forward',
    ] as const)
      expect([action, now.some(has(action))]).toEqual([action, true])
  })

  test('every action occurs that people of a street take of one case', () => {
    const taken = new Set(now.flatMap(({ steps }) => steps.map(({ content }) => content.action)))
    const never = stepActions.filter((action) => !taken.has(action))
    expect(never.toSorted()).toEqual(
      [
        'absorb',
        'draft',
        'import',
        'merge',
        'plan',
        'record_serious_event',
        'refile',
        'release',
        'remove_party',
        'repeat_visit',
        'resubmit',
        'submit',
        'unmerge',
        'withdraw_serious_event',
      ].toSorted(),
    )
  })
})
