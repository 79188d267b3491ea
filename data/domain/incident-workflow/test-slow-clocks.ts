import type { IncidentStatus } from '../incident-status.ts'
import { categoryOf } from '../incident-type.ts'
import { type ClockNode, clockNodes, type ClockRule, type ClockState } from './clocks.ts'
import type { StepAction, StepContent } from './step-actions.ts'
import { type MinuteCalendar, minuteOf, minutesPerDay } from './test-minutes.ts'

/** A step that was taken, at a minute of the reference, and where it led. */
export type TakenStep = { at: number; content: StepContent; status: IncidentStatus }
export type SlowClock = { node: ClockNode; startedAt: number; dueAt: number; isPaused: boolean; state: ClockState }

/** A due time that somebody has said, and when. */
type SetDue = { at: number; dueAt: number }

/** In which states somebody has to act by a clock. */
const actedOn = new Map<ClockNode, string>([
  ['accept', '10'],
  ['dispatch', '20 30'],
  ['sign', '40'],
  ['respond', '50'],
  ['handle', '50 52 55 58'],
  ['resolve', '20 30 40 45 50 52 55 58 60'],
  ['verify', '60'],
  ['reporter', '52'],
  ['outside', '58'],
  ['follow_up', '75'],
])
/** In which states a clock stands still. */
const pausedIn = new Map<ClockNode, string>([
  ['respond', '55'],
  ['handle', '52 55'],
  ['resolve', '55'],
])
const unitMinutes = new Map([
  ['minute', 1],
  ['hour', 60],
  ['day', minutesPerDay],
])

/**
 * What `clocksOf` answers, found from the steps alone by going through the time minute by minute. Times are minutes; no
 * step is later than `now`.
 */
export function slowClocks(
  steps: readonly TakenStep[],
  now: number,
  calendar: MinuteCalendar,
  rules: readonly ClockRule[],
): SlowClock[] {
  return clockNodes.flatMap((node) => slowClock(steps, node, now, calendar, rules) ?? [])
}

function slowClock(
  steps: readonly TakenStep[],
  node: ClockNode,
  now: number,
  calendar: MinuteCalendar,
  rules: readonly ClockRule[],
): SlowClock | null {
  if (!isIn(actedOn.get(node), steps.at(-1)?.status)) return null
  const rule = ruleOf(steps, node, rules)
  const startedAt = startOf(steps, node, rule?.mode ?? 'single')
  if (startedAt === null) return null
  const set = setDue(steps, node)
  if (set === null && rule === undefined) return null
  const isPaused = isIn(pausedIn.get(node), steps.at(-1)?.status)
  const time = { startedAt, set, rule, isPausedAt: pauses(roundOf(steps), node, now) }
  return { node, startedAt, isPaused, ...slowDue(time, now, calendar) }
}

/** When a clock is due and how it stands; its pauses are those until now. A due time that somebody has said needs no rule. */
export function slowDue(
  clock: {
    startedAt: number
    set: SetDue | null
    rule: ClockRule | undefined
    isPausedAt: (minute: number) => boolean
  },
  now: number,
  calendar: MinuteCalendar,
): Pick<SlowClock, 'dueAt' | 'state'> {
  const { startedAt, set, rule, isPausedAt } = clock
  const counts = (minute: number) => set !== null || rule?.basis !== 'working' || calendar.isOpen(minute)
  const runs = (minute: number) => counts(minute) && !isPausedAt(minute)

  let dueAt = set === null ? startedAt : Math.min(set.at, set.dueAt)
  let allowed = set === null ? allowance(rule!, startedAt, calendar) : set.dueAt - dueAt
  for (; allowed > 0; dueAt++) if (runs(dueAt)) allowed--

  let total = 0
  for (let minute = startedAt; minute < dueAt; minute++) if (runs(minute)) total++
  let left = 0
  for (let minute = now; minute < dueAt; minute++) if (counts(minute)) left++
  return { dueAt, state: now > dueAt ? '3' : left * 5 <= total ? '2' : '1' }
}

const isIn = (statuses: string | undefined, status: IncidentStatus | undefined) =>
  statuses !== undefined && status !== undefined && statuses.split(' ').includes(status)

/** Minutes that run until a rule's time is over: of working days, those until the close of the last. */
function allowance({ basis, unit, amount }: ClockRule, from: number, calendar: MinuteCalendar): number {
  if (basis === 'working' && unit === 'day') return calendar.openMinutes(from, calendar.afterOpenDays(from, amount))
  return amount * unitMinutes.get(unit)!
}

/** In which minutes a clock stands still: what lasts is taken as over now. A merged case stands where it stood before. */
function pauses(steps: readonly TakenStep[], node: ClockNode, now: number): (minute: number) => boolean {
  const first = steps[0]!.at
  const paused = new Uint8Array(now - first)
  const standing = steps.filter(({ content }) => content.action !== 'merge')
  standing.forEach(({ at, status }, i) => {
    if (!isIn(pausedIn.get(node), status)) return
    for (let minute = at; minute < (standing[i + 1]?.at ?? now); minute++) paused[minute - first] = 1
  })
  return (minute) => paused[minute - first] === 1
}

function ruleOf(steps: readonly TakenStep[], node: ClockNode, rules: readonly ClockRule[]): ClockRule | undefined {
  const classified = steps.map(({ content }) => content).findLast((content) => content.action === 'classify')
  const category = classified === undefined ? undefined : categoryOf(classified.type)
  const urgency = classified?.urgency ?? '1'
  const find = (wanted: ClockRule['urgency'], of: ClockRule['category'] | undefined) =>
    rules.find((one) => one.node === node && one.urgency === wanted && one.category === of)
  return find(urgency, category) ?? find(urgency, null) ?? find(null, category) ?? find(null, null)
}

/** The steps of the present round: a relapse or a reopening begins another. */
function roundOf(steps: readonly TakenStep[]): readonly TakenStep[] {
  const begins = steps.findLastIndex(({ content: { action } }) => action === 'relapse' || action === 'reopen')
  return steps.slice(Math.max(0, begins))
}

function last(steps: readonly TakenStep[], ...actions: StepAction[]): TakenStep | undefined {
  return steps.findLast(({ content }) => actions.includes(content.action))
}

function startOf(steps: readonly TakenStep[], node: ClockNode, mode: ClockRule['mode']): number | null {
  const round = roundOf(steps)
  const begun =
    last(round, 'accept', 'relapse', 'reopen') ??
    round.find(({ content, status }) => content.action === 'import' && status !== '10')
  const assigned = last(round, 'dispatch', 'escalate', 'return', 'sign', 'relapse', 'reopen')
  const signed = assigned?.content.action === 'sign' ? assigned.at : null
  switch (node) {
    case 'accept': {
      const reported = last(steps, 'report', 'submit', 'resubmit') ?? steps[0]!
      return Math.min(reported.at, ...absorbedReports(steps))
    }
    case 'resolve':
      return begun === undefined ? null : Math.min(begun.at, ...absorbedReports(round))
    case 'dispatch':
      return begun?.at ?? null
    case 'sign':
      return last(round, 'dispatch', 'escalate')?.at ?? null
    case 'respond': {
      const since = assigned === undefined ? round : round.slice(round.indexOf(assigned))
      return last(since, 'record', 'mediate', 'ask_reporter', 'forward', 'finish') === undefined ? signed : null
    }
    case 'handle':
      return mode === 'cumulative' ? (begun?.at ?? null) : signed
    case 'verify':
      return last(round, 'finish', 'outside_finishes', 'import')!.at
    case 'reporter':
      return last(round, 'ask_reporter', 'import')!.at
    case 'outside':
      return forwarding(round)?.at ?? null
    case 'follow_up':
      return followUpsOf(round).latest
  }
}

/** When the duplicates that are merged into a case now were reported. */
function absorbedReports(steps: readonly TakenStep[]): number[] {
  const reports = new Map<string, number>()
  for (const { content } of steps) {
    if (content.action === 'absorb') reports.set(content.number, minuteOf(Date.parse(content.reportedAt)))
    if (content.action === 'release') reports.delete(content.number)
  }
  return [...reports.values()]
}

/** When a case was closed, and when somebody last went there since. */
function followUpsOf(round: readonly TakenStep[]): { closedAt: number; latest: number } {
  const isClosed = ({ status }: TakenStep) => ['70', '75', '80'].includes(status)
  const closing = round.findLastIndex((step, i) => isClosed(step) && (i === 0 || !isClosed(round[i - 1]!)))
  const closedAt = round[closing]!.at
  return { closedAt, latest: last(round.slice(closing), 'visit')?.at ?? closedAt }
}

/** The forwarding since which the case has stood with a body outside. */
function forwarding(round: readonly TakenStep[]): TakenStep | undefined {
  const elsewhere = round.findLastIndex(({ status }) => !['58', '90'].includes(status))
  return last(round.slice(elsewhere + 1), 'forward')
}

function setDue(steps: readonly TakenStep[], node: ClockNode): SetDue | null {
  const round = roundOf(steps)
  if (node === 'resolve') {
    const set = round.findLast(({ content }) => 'dueAt' in content && content.dueAt !== undefined)
    if (set === undefined || !('dueAt' in set.content)) return null
    return { at: set.at, dueAt: minuteOf(Date.parse(set.content.dueAt!)) }
  }
  if (node === 'outside') {
    const forwarded = forwarding(round)
    if (forwarded?.content.action !== 'forward') return null
    return { at: forwarded.at, dueAt: minuteOf(Date.parse(forwarded.content.expectedAt)) }
  }
  if (node !== 'follow_up') return null
  const { closedAt, latest } = followUpsOf(round)
  const isFirstMonth = latest < closedAt + 28 * minutesPerDay
  return { at: latest, dueAt: latest + (isFirstMonth ? 7 : 30) * minutesPerDay }
}
