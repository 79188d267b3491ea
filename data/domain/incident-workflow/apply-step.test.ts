import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { incidentStatuses } from '../incident-status.ts'
import { dayLength } from '../local-time.ts'
import { applyStep, legalSteps, rebuildLoop } from './apply-step.ts'
import { emptyLoop, type IncidentLoop, type WorkflowActor, type WorkflowStep } from './incident-loop.ts'
import { stepActions, type StepContent } from './step-actions.ts'
import { transitions } from './transitions.ts'

const duty: WorkflowActor = { id: 'duty', role: 'duty_officer' }
const chief: WorkflowActor = { id: 'chief', role: 'centre_lead' }
const mediator: WorkflowActor = { id: 'mediator', role: 'mediator' }
const other: WorkflowActor = { id: 'other', role: 'mediator' }
const reporter: WorkflowActor = { id: '', role: 'reporter' }

const start = Date.parse('2026-03-02T09:00:00+08:00')
const minute = 60_000
const later = '2030-01-01T00:00:00+08:00'

type Entry = [WorkflowActor, StepContent]
const classified: Entry = [duty, { action: 'classify', type: 'D02', risk: 'yellow', urgency: '1' }]
const dispatched: Entry[] = [
  [duty, { action: 'report' }],
  [duty, { action: 'accept' }],
  classified,
  [duty, { action: 'dispatch', unit: '春和社区人民调解委员会' }],
]
const processing: Entry[] = [...dispatched, [mediator, { action: 'sign' }]]

/** The entries as steps, ten minutes apart. */
function stepsOf(entries: readonly Entry[], from = start): WorkflowStep[] {
  return entries.map(([actor, content], i) => ({ ...content, actor, at: from + i * 10 * minute }))
}

const loopOf = (entries: readonly Entry[]) => rebuildLoop(stepsOf(entries))

/** What becomes of one more step, a day after the last. */
function next(loop: IncidentLoop, actor: WorkflowActor, content: StepContent, after = dayLength) {
  return applyStep(loop, { ...content, actor, at: loop.lastAt + after })
}

test('a dispute goes from report to archive, mediated at two levels, verified by another', () => {
  const loop = loopOf([
    ...processing,
    [mediator, { action: 'mediate', mediation: 'people' }],
    [mediator, { action: 'escalate', reason: '涉及多户', unit: '街道司法所' }],
    [other, { action: 'sign' }],
    [duty, { action: 'join', leadUnit: '街道司法所', units: ['街道司法所', '派出所'] }],
    [other, { action: 'add_party', party: 'shop', side: 'respondent', partyKind: 'organisation' }],
    [other, { action: 'add_party', party: 'p1', side: 'applicant', partyKind: 'person' }],
    [
      other,
      {
        action: 'agree',
        agreement: 'a1',
        form: 'written',
        parties: ['shop', 'p1'],
        duties: [{ duty: 'pay', party: 'shop', dueAt: '2026-04-01T00:00:00+08:00' }],
      },
    ],
    [other, { action: 'finish', outcome: 'written' }],
    [duty, { action: 'close' }],
    [duty, { action: 'begin_follow_up' }],
    [mediator, { action: 'breach', agreement: 'a1', duty: 'pay' }],
    [mediator, { action: 'relapse', reason: '未按协议赔付' }],
  ])
  expect(loop).toMatchObject({ status: '30', level: 2, relapses: 1, closedAt: null, workedBy: [] })
  expect(loop.agreements[0]?.duties[0]?.state).toBe('breached')
  expect(loop.parties.map(({ id }) => id)).toEqual(['shop', 'p1'])
})

test('who worked on a case does not verify it, and the centre that recorded for them neither', () => {
  const finished = loopOf([
    ...processing,
    [duty, { action: 'record' }],
    [mediator, { action: 'finish', outcome: 'oral' }],
  ])
  expect(next(finished, duty, { action: 'close' }).refusal).toMatchObject({ kind: 'rule' })
  expect(next(finished, mediator, { action: 'close' }).refusal).toMatchObject({ kind: 'role' })
  expect(next(finished, chief, { action: 'close' }).loop).toMatchObject({ status: '70', outcome: 'oral' })
})

test('a refusal says what would be legal', () => {
  const { refusal } = next(loopOf(dispatched), mediator, { action: 'finish' })
  expect(refusal?.kind).toBe('status')
  expect(refusal?.reason.zh).toContain('待签收')
  expect(refusal?.legal.map(({ action }) => action)).toEqual([
    'sign',
    'request',
    'add_party',
    'plan',
    'choose_procedure',
  ])
})

test('only a handler works on a case, and a dispute is not closed without an outcome', () => {
  const loop = loopOf(processing)
  expect(next(loop, other, { action: 'record' }).refusal?.kind).toBe('rule')
  const finished = loopOf([...processing, [mediator, { action: 'finish' }]])
  const { refusal } = next(finished, duty, { action: 'close' })
  expect(refusal).toMatchObject({ kind: 'content' })
  expect(refusal?.legal.find(({ action }) => action === 'close')?.needs).toEqual(['outcome'])
})

test('a handler asks, a lead decides, and nobody on their own request', () => {
  const until = '2026-06-01T00:00:00+08:00'
  const asked = loopOf([...processing, [chief, { action: 'request', request: 'suspend', reason: '待鉴定' }]])
  expect(next(asked, chief, { action: 'suspend', reason: '待鉴定', until }).refusal?.kind).toBe('rule')
  const second: WorkflowActor = { id: 'second', role: 'centre_lead' }
  const held = next(asked, second, { action: 'suspend', reason: '待鉴定', until }).loop!
  expect(held).toMatchObject({ status: '55', request: null })
  const resumed = next(held, mediator, { action: 'resume' }).loop!
  expect(resumed.holds).toEqual([{ from: held.lastAt, until: held.lastAt + dayLength }])
})

test('the reporter is waited for at least seven days', () => {
  const waiting = loopOf([...processing, [mediator, { action: 'ask_reporter', reason: '补充票据' }]])
  const close = { action: 'close_unanswered', notice: '告知书 12 号' } as const
  expect(next(waiting, duty, close, 6 * dayLength).refusal?.kind).toBe('rule')
  expect(next(waiting, duty, close, 7 * dayLength).loop).toMatchObject({ status: '70', outcome: 'withdrawn' })
  expect(next(waiting, reporter, { action: 'reporter_answers' }).loop).toMatchObject({ status: '50' })
})

test('a rejected case that is submitted again is open: it has no closing time', () => {
  const rejected = loopOf([
    [duty, { action: 'report' }],
    [duty, { action: 'reject', reason: '不属受理范围', notice: '告知书 13 号' }],
  ])
  expect(rejected.closedAt).toBe(rejected.lastAt)
  expect(next(rejected, reporter, { action: 'resubmit' }).loop).toMatchObject({ status: '10', closedAt: null })
})

test('a merge is undone with its parties and its earlier report', () => {
  const target = loopOf(processing)
  const parties = [{ id: '7-p1', side: 'applicant' as const }]
  const absorb = { action: 'absorb', number: '7', reportedAt: '2026-03-01T09:00:00+08:00', parties } as const
  const absorbed = next(target, duty, absorb).loop!
  expect(absorbed.parties).toEqual([{ id: '7-p1', side: 'applicant', from: '7' }])
  expect(next(absorbed, duty, { action: 'merge', into: '9', reason: '重复' }).refusal?.kind).toBe('rule')
  const released = next(absorbed, duty, { action: 'release', number: '7' }).loop!
  expect({ ...released, sequence: 0, lastAt: 0 }).toEqual({ ...target, sequence: 0, lastAt: 0 })
  const merged = next(target, duty, { action: 'merge', into: '9', reason: '重复' }).loop!
  expect(merged).toMatchObject({ status: '90', mergedInto: '9' })
  expect(next(merged, duty, { action: 'unmerge', reason: '并非同一事' }).loop).toMatchObject({ status: '50' })
})

describe('what a centre has to prevent', () => {
  const happenedAt = '2026-03-02T08:00:00+08:00'
  const mass = { action: 'record_serious_event', kind: 'mass_incident', happenedAt, people: 30 } as const
  const petition = { ...mass, kind: 'petition', people: undefined, level: 'city', petitionForm: 'group' } as const
  const rejected = loopOf([
    [duty, { action: 'report' }],
    [duty, { action: 'reject', reason: '不属受理范围', notice: '告知书 13 号' }],
  ])

  test('is recorded by the centre where the case stands, after its end too, and stays through another round', () => {
    const recorded = next(rejected, duty, petition).loop!
    expect(recorded).toMatchObject({ status: '15', closedAt: rejected.closedAt })
    const closed = loopOf([
      ...processing,
      [chief, mass],
      [mediator, { action: 'finish', outcome: 'oral' }],
      [duty, { action: 'close' }],
      [duty, { action: 'begin_follow_up' }],
      [duty, petition],
      [duty, { action: 'relapse', reason: '反弹' }],
    ])
    expect(closed.seriousEvents).toEqual([
      {
        step: 6,
        kind: 'mass_incident',
        happenedAt: Date.parse(happenedAt),
        people: 30,
        level: null,
        petitionForm: null,
      },
      {
        step: 10,
        kind: 'petition',
        happenedAt: Date.parse(happenedAt),
        people: null,
        level: 'city',
        petitionForm: 'group',
      },
    ])
    for (const actor of [mediator, reporter, { id: 'office', role: 'community' } as const])
      expect(next(rejected, actor, mass).refusal?.kind).toBe('role')
    expect(next(loopOf([[duty, { action: 'draft' }]]), duty, mass).refusal?.kind).toBe('status')
  })

  test('is withdrawn by the step that recorded it, once', () => {
    const both = next(next(loopOf(processing), duty, mass).loop!, chief, petition).loop!
    const withdraw = { action: 'withdraw_serious_event', reason: '登记有误', step: 6 } as const
    const one = next(both, duty, withdraw).loop!
    expect(one.seriousEvents.map(({ step }) => step)).toEqual([7])
    expect(next(one, duty, withdraw).refusal?.kind).toBe('content')
    expect(next(one, duty, { ...withdraw, step: 5 }).refusal?.kind).toBe('content')
    expect(next(loopOf(processing), duty, withdraw).refusal?.kind).toBe('rule')
  })

  test('has what belongs to its kind, and has happened', () => {
    const refused: StepContent[] = [
      { ...mass, people: undefined },
      { ...mass, level: 'city' },
      { ...petition, level: undefined },
      { ...petition, petitionForm: undefined },
      { ...petition, people: 5 },
      { ...mass, kind: 'criminal' },
      { ...mass, happenedAt: later },
      { ...mass, happenedAt: '0000-01-01T00:00:00Z' },
    ]
    for (const content of refused) expect(next(rejected, duty, content).refusal?.kind).toBe('content')
  })

  test('does not go out of the counts by a merge or by making the case void', () => {
    const reported = next(loopOf([[duty, { action: 'report' }]]), duty, mass).loop!
    for (const content of [
      { action: 'void', reason: '误报' },
      { action: 'merge', into: '9', reason: '重复' },
    ] as const) {
      const { refusal } = next(reported, duty, content)
      expect(refusal?.kind).toBe('rule')
      expect(refusal?.reason.zh).toContain('请先撤回')
    }
    const withdrawn = next(reported, duty, { action: 'withdraw_serious_event', reason: '改登主件', step: 2 }).loop!
    expect(next(withdrawn, duty, { action: 'merge', into: '9', reason: '重复' }).loop?.status).toBe('90')
  })
})

test('an action leads from a status to one other', () => {
  for (const status of [null, ...incidentStatuses])
    for (const action of stepActions) {
      const found = transitions.filter(
        (one) => one.action === action && (one.from === 'any' || one.from.includes(status)),
      )
      expect(found.length, `${action} at ${status}`).toBeLessThanOrEqual(1)
    }
  expect(new Set(transitions.map(({ action }) => action))).toEqual(new Set(stepActions))
})

const actors = [duty, chief, mediator, other, reporter, { id: 'grid', role: 'grid_worker' } as const]
const contents: StepContent[] = [
  { action: 'report' },
  { action: 'accept' },
  { action: 'classify', type: 'D02', risk: 'yellow', urgency: '1' },
  { action: 'dispatch', unit: '街道司法所' },
  { action: 'sign' },
  { action: 'return', reason: '权属不清' },
  { action: 'record' },
  { action: 'escalate', reason: '涉及多户', unit: '街道司法所' },
  { action: 'ask_reporter', reason: '补充票据' },
  { action: 'reporter_answers' },
  { action: 'suspend', reason: '待鉴定', until: later },
  { action: 'resume' },
  { action: 'request', request: 'extend', reason: '待鉴定' },
  { action: 'decline', reason: '理由不足' },
  { action: 'finish', outcome: 'oral' },
  { action: 'rework', reason: '未履行' },
  { action: 'close' },
  { action: 'begin_follow_up' },
  { action: 'relapse', reason: '反弹' },
  { action: 'reopen', reason: '当事人要求' },
  { action: 'merge', reason: '重复', into: '9' },
  { action: 'unmerge', reason: '并非同一事' },
  { action: 'rate', rating: 'fair' },
  { action: 'record_serious_event', kind: 'criminal', happenedAt: '2026-03-01T09:00:00+08:00' },
  { action: 'withdraw_serious_event', reason: '登记有误', step: 3 },
]

test('of any steps, those that are taken make the loop, and those that are legal are taken', () => {
  const step = fc.record({ actor: fc.constantFrom(...actors), content: fc.constantFrom(...contents) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (asked) => {
      let loop = emptyLoop
      const taken: WorkflowStep[] = []
      asked.forEach(({ actor, content }, i) => {
        const at = start + i * minute
        const isLegal = legalSteps(loop, actor, at).some(({ action }) => action === content.action)
        const result = applyStep(loop, { ...content, actor, at })
        const { refusal } = result
        expect(refusal === undefined || refusal.kind === 'content').toBe(isLegal)
        if (result.refusal !== undefined) return
        taken.push({ ...content, actor, at })
        loop = result.loop
      })
      expect(loop.sequence).toBe(taken.length)
      expect(rebuildLoop(taken)).toEqual(loop)
      const open = [...loop.holds, ...loop.waits].filter(({ until }) => until === null)
      const stands = loop.mergedInto === null ? loop.status : loop.statusBeforeMerge
      expect(open).toHaveLength(stands === '55' || stands === '52' ? 1 : 0)
    }),
    { numRuns: 300 },
  )
})
