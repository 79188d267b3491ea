import { type IncidentStatus, incidentStatusLabels } from '../incident-status.ts'
import type { Label } from '../label.ts'
import { emptyLoop, type IncidentLoop, type WorkflowActor, type WorkflowStep } from './incident-loop.ts'
import { seriousEventFault } from './serious-event.ts'
import { requiredFields, type StepAction, stepActionLabels } from './step-actions.ts'
import { stepEffect } from './step-effects.ts'
import { stepRules } from './step-rules.ts'
import { type Transition, transitions } from './transitions.ts'

/** A step that an actor may take now; `to` is null where the step itself says. */
export type LegalStep = { action: StepAction; label: Label; to: IncidentStatus | null; needs: readonly string[] }

/**
 * `status`: not possible where the case stands; `role`: not in this role; `rule`: not for this case or person; `content`:
 * what the step records does not fit the case; `time`: earlier than the last step.
 */
export type StepRefusal = { kind: 'status' | 'role' | 'rule' | 'content' | 'time'; reason: Label; legal: LegalStep[] }

export type StepResult =
  | { loop: IncidentLoop; from: IncidentStatus | null; to: IncidentStatus; refusal?: never }
  | { refusal: StepRefusal; loop?: never }

/** The loop after a step, or why it is refused and which steps the actor may take instead. */
export function applyStep(loop: IncidentLoop, step: WorkflowStep): StepResult {
  const { action, actor, at } = step
  const refuse = (kind: StepRefusal['kind'], reason: Label): StepResult => ({
    refusal: { kind, reason, legal: legalSteps(loop, actor, at) },
  })
  const transition = transitionOf(loop.status, action)
  if (transition === undefined) return refuse('status', statusRefusal(loop, action))
  if (!transition.by.includes(actor.role)) return refuse('role', roleRefusal(action))
  const broken = transition.rules.map((name) => stepRules[name]).find((rule) => !rule.holds(loop, actor, at))
  if (broken !== undefined) return refuse('rule', broken.refusal)
  // A file may know of a closing that was before what is known here.
  if (at < loop.lastAt && action !== 'import') return refuse('time', timeRefusal)
  const fault = contentFault(loop, step)
  if (fault !== null) return refuse('content', fault)
  const to = targetOf(loop, transition) ?? (step.action === 'import' ? step.status : loop.status)
  if (to === null) return refuse('status', statusRefusal(loop, action))
  const changed = {
    ...loop,
    ...stepEffect(loop, step),
    status: to,
    sequence: loop.sequence + 1,
    lastAt: Math.max(loop.lastAt, at),
  }
  return { loop: changed, from: loop.status, to }
}

/** The steps that an actor may take, in the order of the table of transitions. */
export function legalSteps(loop: IncidentLoop, actor: WorkflowActor, at: number): LegalStep[] {
  return transitions
    .filter(
      (transition) =>
        isFrom(transition, loop.status) &&
        transition.by.includes(actor.role) &&
        transition.rules.every((name) => stepRules[name].holds(loop, actor, at)),
    )
    .map((transition) => ({
      action: transition.action,
      label: stepActionLabels[transition.action],
      to: targetOf(loop, transition),
      needs: neededBy(loop, transition.action),
    }))
}

/**
 * The loop that the steps of an incident make.
 *
 * @throws Error at the first step that is refused: the log is not one of this workflow
 */
export function rebuildLoop(steps: Iterable<WorkflowStep>): IncidentLoop {
  let loop = emptyLoop
  for (const step of steps) {
    const result = applyStep(loop, step)
    if (result.refusal !== undefined)
      throw new Error(`step ${loop.sequence + 1}, ${step.action} at ${loop.status}: ${result.refusal.reason.en}`)
    loop = result.loop
  }
  return loop
}

function isFrom({ from }: Transition, status: IncidentStatus | null): boolean {
  return from === 'any' || from.includes(status)
}

/** One at most: an action leads from a status to one other. */
function transitionOf(status: IncidentStatus | null, action: StepAction): Transition | undefined {
  return transitions.find((one) => one.action === action && isFrom(one, status))
}

function targetOf(loop: IncidentLoop, { to }: Transition): IncidentStatus | null {
  if (to === 'same') return loop.status
  if (to === 'before_merge') return loop.statusBeforeMerge
  return to === 'given' ? null : to
}

function neededBy(loop: IncidentLoop, action: StepAction): string[] {
  const needsOutcome = action === 'close' && isDispute(loop) && loop.outcome === null
  return [...requiredFields(action), ...(needsOutcome ? ['outcome'] : [])]
}

const isDispute = ({ type }: IncidentLoop) => type?.startsWith('D') ?? false

/** What a step records has to fit what the case has. An import knows no agreements. */
function contentFault(loop: IncidentLoop, step: WorkflowStep): Label | null {
  return (
    outcomeFault(loop, step) ??
    timeFault(step) ??
    partyFault(loop, step) ??
    decisionFault(loop, step) ??
    eventFault(loop, step) ??
    mergeFault(loop, step)
  )
}

function outcomeFault(loop: IncidentLoop, step: WorkflowStep): Label | null {
  if ((step.action !== 'close' && step.action !== 'finish') || step.actor.role === 'system') return null
  if (step.action === 'close' && isDispute(loop) && (step.outcome ?? loop.outcome) === null)
    return { zh: '矛盾纠纷结案须填写化解结果。', en: 'A dispute is closed with an outcome: say which.' }
  if (step.outcome === 'written' && !loop.agreements.some(({ form }) => form === 'written'))
    return { zh: '尚未登记书面协议，请先登记协议。', en: 'No written agreement is recorded: record it first.' }
  return null
}

function timeFault(step: WorkflowStep): Label | null {
  const given = [
    step.action === 'extend' ? step.dueAt : null,
    step.action === 'suspend' ? step.until : null,
    step.action === 'forward' ? step.expectedAt : null,
    ...(step.action === 'consult' ? step.decisions.map(({ dueAt }) => dueAt) : []),
  ]
  return given.some((time) => time !== null && Date.parse(time) <= step.at) ? pastTime : null
}

function partyFault(loop: IncidentLoop, step: WorkflowStep): Label | null {
  if (step.action === 'add_party' && loop.parties.some(({ id }) => id === step.party))
    return { zh: `当事人 ${step.party} 已登记。`, en: `Party ${step.party} is entered already.` }
  if (step.action === 'remove_party') return missingParties(loop, [step.party]) ?? partyWithDuty(loop, step.party)
  if (step.action === 'agree') {
    if (loop.agreements.some(({ id }) => id === step.agreement))
      return { zh: `协议 ${step.agreement} 已登记。`, en: `Agreement ${step.agreement} is recorded already.` }
    return missingParties(loop, [...step.parties, ...step.duties.map(({ party }) => party)])
  }
  if (step.action === 'perform' || step.action === 'breach') {
    const agreement = loop.agreements.find(({ id }) => id === step.agreement)
    if (agreement?.duties.some(({ id, state }) => id === step.duty && state === 'open') !== true)
      return {
        zh: `协议 ${step.agreement} 没有待履行的事项 ${step.duty}。`,
        en: `Agreement ${step.agreement} has no open duty ${step.duty}.`,
      }
  }
  return null
}

function decisionFault({ decisions }: IncidentLoop, step: WorkflowStep): Label | null {
  if (step.action === 'consult') {
    const named = [...decisions.map(({ id }) => id), ...step.decisions.map(({ decision }) => decision)]
    const twice = named.find((id, index) => named.indexOf(id) < index)
    if (twice !== undefined) return { zh: `会商决定 ${twice} 已登记。`, en: `Decision ${twice} is recorded already.` }
  }
  if (step.action === 'carry_out' && !decisions.some(({ id, state }) => id === step.decision && state === 'open'))
    return { zh: `没有待落实的会商决定 ${step.decision}。`, en: `There is no open decision ${step.decision}.` }
  return null
}

function eventFault({ seriousEvents }: IncidentLoop, step: WorkflowStep): Label | null {
  if (step.action === 'record_serious_event')
    return happenedFault(Date.parse(step.happenedAt), step.at) ?? seriousEventFault(step)
  if (step.action === 'withdraw_serious_event' && !seriousEvents.some((one) => one.step === step.step))
    return {
      zh: `第 ${step.step} 步没有登记安全底线情况，或已撤回。`,
      en: `Step ${step.step} has recorded no serious event, or it was withdrawn.`,
    }
  return null
}

/** The past that calendars and figures know of. */
function happenedFault(happenedAt: number, at: number): Label | null {
  if (happenedAt > at) return { zh: '发生时间不能晚于现在。', en: 'It cannot have happened later than now.' }
  return happenedAt < Date.UTC(1980)
    ? { zh: '发生时间不能早于 1980 年。', en: 'It cannot have happened before 1980.' }
    : null
}

function mergeFault(loop: IncidentLoop, step: WorkflowStep): Label | null {
  if (step.action !== 'absorb' && step.action !== 'release') return null
  const isAbsorbed = loop.absorbed.some(({ number }) => number === step.number)
  if (step.action === 'absorb')
    return isAbsorbed
      ? { zh: `事件 ${step.number} 已并入。`, en: `Case ${step.number} is merged into this one already.` }
      : null
  return isAbsorbed
    ? partyWithDutyFrom(loop, step.number)
    : { zh: `事件 ${step.number} 未并入该事件。`, en: `Case ${step.number} is not merged into this one.` }
}

const pastTime: Label = { zh: '所填时间须晚于现在。', en: 'The time given has to be later than now.' }
const timeRefusal: Label = { zh: '步骤时间早于上一步。', en: 'The step is earlier than the one before it.' }

function missingParties({ parties }: IncidentLoop, named: readonly string[]): Label | null {
  const missing = named.find((id) => !parties.some((party) => party.id === id))
  return missing === undefined
    ? null
    : { zh: `没有当事人 ${missing}，请先登记。`, en: `There is no party ${missing}: enter it first.` }
}

/** Whoever has signed an agreement stays with the case. */
function partyWithDuty({ agreements }: IncidentLoop, party: string): Label | null {
  return agreements.some(({ parties }) => parties.includes(party))
    ? {
        zh: `当事人 ${party} 已签订协议，不能移除。`,
        en: `Party ${party} has signed an agreement and cannot be removed.`,
      }
    : null
}

function partyWithDutyFrom(loop: IncidentLoop, number: string): Label | null {
  const parties = loop.parties.filter(({ from }) => from === number)
  return parties.reduce<Label | null>((fault, { id }) => fault ?? partyWithDuty(loop, id), null)
}

function statusRefusal({ status }: IncidentLoop, action: StepAction): Label {
  const { zh, en } = stepActionLabels[action]
  if (status === null) return { zh: `事件尚未上报，不能“${zh}”。`, en: `“${en}” is not possible before the report.` }
  const at = incidentStatusLabels[status]
  return { zh: `事件处于“${at.zh}”，不能“${zh}”。`, en: `“${en}” is not possible: the case is “${at.en}”.` }
}

function roleRefusal(action: StepAction): Label {
  const { zh, en } = stepActionLabels[action]
  return { zh: `当前身份不能“${zh}”。`, en: `Your role may not do “${en}”.` }
}
