import { applyStep, legalSteps } from './apply-step.ts'
import { emptyLoop, type IncidentLoop } from './incident-loop.ts'
import type { StepAction, StepContent } from './step-actions.ts'
import { instantOf } from './test-minutes.ts'
import type { TakenStep } from './test-slow-clocks.ts'

/** What a random step is made from: minutes since the one before, which of those that are legal, and its content. */
export type Draw = { gap: number; choice: number; value: number }

const system = { id: '', role: 'system' } as const
const types = ['D02', 'D02', 'E08', 'E10', 'E11', 'E03'] as const
const urgencies = ['1', '1', '2', '3'] as const
const imported = ['10', '30', '40', '50', '52', '55', '58', '60', '75'] as const
const importedLater = ['50', '52', '55', '58', '75'] as const
const reason = { reason: '—' }

/** How often an action is taken where it is legal; those that are not here say nothing of clocks. */
const drawn = [
  ['report', 6],
  ['import', 1],
  ['accept', 12],
  ['reject', 1],
  ['resubmit', 3],
  ['close_directly', 1],
  ['classify', 4],
  ['dispatch', 8],
  ['refile', 1],
  ['sign', 8],
  ['return', 2],
  ['record', 2],
  ['escalate', 2],
  ['ask_reporter', 6],
  ['reporter_answers', 4],
  ['close_unanswered', 1],
  ['forward', 2],
  ['outside_replies', 2],
  ['outside_finishes', 1],
  ['suspend', 8],
  ['resume', 4],
  ['extend', 3],
  ['finish', 3],
  ['rework', 4],
  ['close', 3],
  ['begin_follow_up', 4],
  ['visit', 4],
  ['relapse', 2],
  ['reopen', 2],
  ['merge', 1],
  ['unmerge', 6],
  ['absorb', 2],
  ['release', 2],
  ['supervise', 1],
  ['record_serious_event', 1],
  ['withdraw_serious_event', 2],
] as const satisfies readonly (readonly [StepAction, number])[]
export type DrawnAction = (typeof drawn)[number][0]

/** A case that begins at a minute, after each of its steps. The first actions are as given where they are legal. */
export function takeSteps(
  begins: number,
  first: readonly DrawnAction[],
  draws: readonly Draw[],
): { loop: IncidentLoop; steps: readonly TakenStep[] }[] {
  let loop = emptyLoop
  let minute = begins
  const steps: TakenStep[] = []
  return draws.flatMap(({ gap, choice, value }, i) => {
    const at = instantOf(minute + gap)
    const legal = legalSteps(loop, system, at).map(({ action }) => action)
    const given = first.slice(i, i + 1).filter((action) => legal.includes(action))
    const choices = drawn.flatMap(([action, weight]) =>
      legal.includes(action) ? Array.from({ length: weight }, () => action) : [],
    )
    const action = given[0] ?? choices[choice % choices.length]
    const content = action === undefined ? null : contentOf(action, loop, minute + gap, value)
    if (content === null) return []
    const result = applyStep(loop, { ...content, actor: system, at })
    if (result.refusal !== undefined) throw new Error(`${content.action}: ${result.refusal.reason.en}`)
    minute += gap
    loop = result.loop
    steps.push({ at: minute, content, status: result.to })
    return [{ loop, steps: [...steps] }]
  })
}

/** Null where such a step would be out of the ordinary: a file that opens a case again. */
function contentOf(action: DrawnAction, loop: IncidentLoop, minute: number, value: number): StepContent | null {
  const later = (minutes: number) => new Date(instantOf(minute + minutes)).toISOString()
  const pick = <T>(all: readonly T[]) => all[value % all.length]!
  const due = value % 3 === 0 ? { dueAt: later((value % 40_000) - 4_000) } : {}
  switch (action) {
    case 'report':
    case 'accept':
    case 'resubmit':
    case 'sign':
    case 'record':
    case 'reporter_answers':
    case 'outside_replies':
    case 'outside_finishes':
    case 'resume':
    case 'finish':
    case 'close':
    case 'begin_follow_up':
      return { action }
    case 'import':
      if (loop.status === null) return { action, status: pick(imported), ...due }
      return loop.closedAt === null && loop.mergedInto === null ? { action, status: pick(importedLater), ...due } : null
    case 'reject':
      return { action, ...reason, notice: '—' }
    case 'close_directly':
      return { action, outcome: 'settled' }
    case 'classify':
      return { action, type: pick(types), risk: 'yellow', urgency: pick(urgencies), ...due }
    case 'dispatch':
      return { action, unit: '—' }
    case 'escalate':
      return { action, ...reason, unit: '—' }
    case 'refile':
    case 'return':
    case 'ask_reporter':
    case 'rework':
    case 'relapse':
    case 'unmerge':
      return { action, ...reason }
    case 'reopen':
      return { action, ...reason, ...due }
    case 'close_unanswered':
      return { action, notice: '—' }
    case 'forward':
      return { action, unit: '—', receipt: '—', expectedAt: later(1 + (value % 20_000)) }
    case 'suspend':
      return { action, ...reason, until: later(1 + value) }
    case 'extend':
      return { action, ...reason, dueAt: later(1 + (value % 30_000)) }
    case 'visit':
      return { action, satisfaction: 'fair' }
    case 'merge':
      return { action, ...reason, into: '9' }
    case 'absorb':
      return { action, number: `${loop.sequence}`, reportedAt: later(-(value % 30_000)), parties: [] }
    case 'release':
      return { action, number: pick(loop.absorbed).number }
    case 'record_serious_event':
      return { action, kind: 'mass_incident', happenedAt: later(0), people: 30 }
    case 'withdraw_serious_event':
      return { action, ...reason, step: pick(loop.seriousEvents).step }
    case 'supervise':
      return { action, ...reason, form: 'urge' }
  }
}
