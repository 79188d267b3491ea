import type { IncidentType } from './incident-type.ts'
import type { StepAction } from './incident-workflow/step-actions.ts'
import { routes, stations, type Station, type StationName } from './procedures.ts'

/** What of a step says which procedure a case is in. */
export type RouteStep = { action: StepAction; at: string; content: Readonly<Record<string, unknown>> }

/** A procedure of a case's route. */
export type RouteStation = Station & {
  name: StationName
  /** `open`: not taken yet, or not needed. */
  state: 'passed' | 'current' | 'open'
  /** Milliseconds since 1970; null where it has not begun. */
  since: number | null
  /** The time that the law gives, where it can be counted from `since`: in days, the last of which ends at `dueAt`. */
  time: { used: number; left: number; dueAt: number } | null
}

const day = 86_400_000

/** By which stations a step's word for a procedure is meant, the likeliest first. */
const people = ['people_mediation', 'medical_mediation'] as const
const administrative = [
  'administrative_mediation',
  'traffic_mediation',
  'consumer_complaint',
  'police_mediation',
  'official_handling',
] as const
const authority = [
  'official_handling',
  'land_decision',
  'expropriation_decision',
  'police_case',
  ...administrative,
  'reconsideration',
] as const
const meant = new Map<string, readonly StationName[]>([
  ['choose_procedure people_mediation', people],
  ['choose_procedure administrative_mediation', administrative],
  ['choose_procedure arbitration', ['labour_arbitration', 'land_arbitration', 'commercial_arbitration']],
  ['choose_procedure litigation', ['litigation', 'administrative_litigation']],
  ['choose_procedure reconsideration', ['reconsideration']],
  ['choose_procedure petition', ['petition']],
  ['mediate people', people],
  ['mediate industry', people],
  ['mediate joint', people],
  ['mediate admin', administrative],
  ['outcome to_arbitration', ['labour_arbitration', 'land_arbitration', 'commercial_arbitration']],
  ['outcome to_litigation', ['litigation', 'administrative_litigation']],
  ['outcome to_admin', authority],
])

/** A code that a step recorded; empty where it did not. */
function codeIn({ content }: RouteStep, field: 'procedure' | 'mediation' | 'outcome'): string {
  const code = content[field]
  return typeof code === 'string' ? code : ''
}

/** The station of the route that a step begins, or goes on with. */
function stationBegun(step: RouteStep, route: readonly StationName[]): StationName | undefined {
  const said = [
    `${step.action} ${codeIn(step, 'procedure') || codeIn(step, 'mediation')}`,
    `outcome ${codeIn(step, 'outcome')}`,
  ]
  const candidates = said.flatMap((words) => meant.get(words) ?? [])
  return candidates.find((name) => route.includes(name))
}

/**
 * The procedures that are open to a case, in order, with where it stands by its steps.
 *
 * @param steps the oldest first
 * @param isEnded whether nobody has to act any more; a case that was referred elsewhere goes on there
 */
export function routeOf(
  type: IncidentType,
  steps: readonly RouteStep[],
  isEnded: boolean,
  now: number,
): RouteStation[] {
  const route = routes[type]
  const begun = new Map<StationName, number>()
  const first = route[0]
  // Without a word on it a case is in the first one since it was taken on.
  const accepted = steps.find(({ action }) => action === 'accept' || action === 'import') ?? steps[0]
  if (first !== undefined && accepted !== undefined) begun.set(first, Date.parse(accepted.at))
  let current = begun.size > 0 ? first : undefined
  let agreedAt: number | null = null
  for (const step of steps) {
    if (step.action === 'agree') agreedAt = Date.parse(step.at)
    const name = stationBegun(step, route)
    if (name === undefined) continue
    if (!begun.has(name)) begun.set(name, Date.parse(step.at))
    current = name
  }
  const outcome = steps.map((step) => codeIn(step, 'outcome')).findLast((code) => code !== '') ?? ''
  if (isEnded && !outcome.startsWith('to_')) current = undefined
  return route.map((name) => {
    const station = stations[name]
    // An agreement opens the time in which it can be confirmed.
    const since = name === 'judicial_confirmation' ? agreedAt : (begun.get(name) ?? null)
    const state = name === current ? 'current' : begun.has(name) ? 'passed' : 'open'
    return { ...station, name, state, since, time: state === 'passed' ? null : timeOf(station, name, since, now) }
  })
}

/** Days used and left of the first limit that is counted in days or months. */
function timeOf({ limits }: Station, name: StationName, since: number | null, now: number): RouteStation['time'] {
  const of = name === 'judicial_confirmation' ? 'apply' : 'handle'
  const limit = limits.find((one) => one.of === of)
  if (since === null || limit === undefined || limit.unit === 'workday') return null
  const dueAt = limit.unit === 'day' ? since + limit.amount * day : monthsLater(since, limit.amount)
  return { used: Math.max(0, Math.floor((now - since) / day)), left: Math.ceil((dueAt - now) / day), dueAt }
}

/** The same day so many months later, or the last of that month. */
function monthsLater(since: number, months: number): number {
  const date = new Date(since)
  const dayOfMonth = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(dayOfMonth, last))
  return date.getTime()
}

/** What may follow a station on the route of a type. */
export function nextOnRoute(type: IncidentType, name: StationName): StationName[] {
  return stations[name].next.filter((one) => routes[type].includes(one))
}
