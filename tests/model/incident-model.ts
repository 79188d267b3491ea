/**
 * The closed loop of a case, written a second time and in another way than `data/domain/incident-workflow`: from the
 * dictionary of the domain, as plain changes of one object. What the API answers is held against it.
 */

export type ModelActor = { id: string; role: string }
export type ModelStep = { action: string; content: Record<string, unknown> }

/** A case as far as the model knows it. */
export type ModelCase = {
  number: string
  status: string
  sequence: number
  level: number
  type: string
  minor: boolean
  handlers: string[]
  workers: string[]
  requestedBy: string | null
  extensions: number
  waitsSince: number | null
  outcome: boolean
  rated: boolean
  parties: Map<string, string | null>
  /** Agreement → open duties. */
  agreements: Map<string, { written: boolean; parties: string[]; open: Set<string> }>
  /** Decisions of meetings → whether they are open. */
  decisions: Map<string, boolean>
  duplicates: Set<string>
  mergedInto: string | null
  before: string | null
  /** Steps that recorded a serious event that stands. */
  serious: Set<number>
}

export function newCase(number: string, type: string): ModelCase {
  return {
    number,
    status: '10',
    sequence: 1,
    level: 1,
    type,
    minor: !type.startsWith('D'),
    handlers: [],
    workers: [],
    requestedBy: null,
    extensions: 0,
    waitsSince: null,
    outcome: false,
    rated: false,
    parties: new Map(),
    agreements: new Map(),
    decisions: new Map(),
    duplicates: new Set(),
    mergedInto: null,
    before: null,
    serious: new Set(),
  }
}

const dispatch = 'duty_officer centre_lead community'
const handle = 'grid_worker community mediator department duty_officer centre_lead'
const visit = 'duty_officer centre_lead community mediator grid_worker'
const open = '10 20 30 40 45 50 52 55 58 60'

/** action: from → to (`=`: where it stands), and by whom. */
const table = `
  accept           | 10                          | 20 | ${dispatch}
  reject           | 10                          | 15 | ${dispatch}
  resubmit         | 15                          | 10 | ${handle}
  close_directly   | 20                          | 70 | grid_worker ${dispatch}
  classify         | 20                          | 30 | ${dispatch}
  classify         | 30 40 45 50                 | =  | ${dispatch}
  dispatch         | 30 45                       | 40 | ${dispatch}
  refile           | 45                          | 30 | ${dispatch}
  sign             | 40                          | 50 | ${handle}
  return           | 40 50                       | 45 | centre_lead
  record           | 50 52 58                    | =  | ${handle}
  mediate          | 50                          | =  | ${handle}
  escalate         | 50                          | 40 | ${handle}
  join             | 50                          | =  | ${dispatch}
  consult          | 20 30 40 45 50 52 55 58 60       | =  | ${dispatch}
  carry_out        | 20 30 40 45 50 52 55 58 60 70 75 | =  | ${handle}
  ask_reporter     | 50                          | 52 | ${handle}
  reporter_answers | 52                          | 50 | ${handle}
  close_unanswered | 52                          | 70 | ${dispatch}
  forward          | 50                          | 58 | ${handle}
  outside_replies  | 58                          | 50 | ${handle}
  outside_finishes | 58                          | 60 | ${handle}
  suspend          | 50                          | 55 | centre_lead
  resume           | 55                          | 50 | ${handle}
  extend           | 30 40 45 50 52 58 60        | =  | centre_lead
  request          | 40 50 52 58 70              | =  | ${handle}
  decline          | 40 50 52 58 70              | =  | centre_lead
  finish           | 50                          | 60 | ${handle}
  rework           | 60                          | 50 | ${dispatch}
  close            | 60                          | 70 | ${dispatch}
  begin_follow_up  | 70                          | 75 | ${visit}
  visit            | 75                          | =  | ${visit}
  relapse          | 75                          | 30 | ${visit}
  reopen           | 70                          | 30 | centre_lead
  archive          | 15 70 75                    | 80 | ${dispatch}
  void             | 10                          | 90 | ${dispatch}
  merge            | ${open}                     | 90 | ${dispatch}
  unmerge          | 90                          | =  | ${dispatch}
  absorb           | ${open}                     | =  | ${dispatch}
  release          | ${open} 70 75 80            | =  | ${dispatch}
  add_party        | ${open}                     | =  | ${handle}
  remove_party     | ${open}                     | =  | ${handle}
  agree            | 50                          | =  | ${handle}
  perform          | 50 60 70 75                 | =  | ${handle}
  breach           | 50 60 70 75                 | =  | ${handle}
  plan             | 30 40 45 50 52 55 58        | =  | ${handle}
  assign_lead      | ${open}                     | =  | centre_lead
  choose_procedure | ${open}                     | =  | ${handle}
  repeat_visit     | ${open} 70 75               | =  | ${dispatch}
  supervise        | ${open} 70 75               | =  | duty_officer centre_lead supervisor
  record_serious_event   | ${open} 15 70 75 80   | =  | duty_officer centre_lead
  withdraw_serious_event | ${open} 15 70 75 80   | =  | duty_officer centre_lead
`
  .trim()
  .split('\n')
  .map((line) => {
    const [action = '', from = '', to = '', by = ''] = line.split('|').map((part) => part.trim())
    return { action, from: from.split(' '), to, by: by.split(' ') }
  })

/** The actions of the table, each once. */
export const modelActions = [...new Set(table.map(({ action }) => action))]

/** For actions of one case alone. */
const byHandlers = new Set(
  'sign record mediate escalate ask_reporter forward outside_replies outside_finishes resume finish agree plan'.split(
    ' ',
  ),
)

const week = 7 * 86_400_000

/** 200, or the status of the refusal. */
export function expectedStatus(one: ModelCase, step: ModelStep, actor: ModelActor, now: number): 200 | 400 | 403 | 409 {
  const { action } = step
  const row = rowOf(one, action)
  if (row === undefined) return 409
  if (!row.by.includes(actor.role)) return 403
  return isAgainstRules(one, action, actor, now) ? 409 : isUnfit(one, step, now) ? 400 : 200
}

function rowOf({ status }: ModelCase, action: string) {
  return table.find((row) => row.action === action && row.from.includes(status))
}

/** Whether the step leads from where the case stands to another status, but for the end of it. */
export function isMoving(one: ModelCase, action: string): boolean {
  const to = rowOf(one, action)?.to
  return to !== undefined && to !== '='
}

function isAgainstRules(one: ModelCase, action: string, actor: ModelActor, now: number): boolean {
  const isCentre = actor.role === 'duty_officer' || actor.role === 'centre_lead'
  if (byHandlers.has(action) && one.handlers.length > 0 && !one.handlers.includes(actor.id) && !isCentre) return true
  // Requests of who handles the case; after the closing anybody may ask to reopen it.
  const isAsked = action === 'request' && one.status !== '70'
  if (isAsked && one.handlers.length > 0 && !one.handlers.includes(actor.id) && !isCentre) return true
  switch (action) {
    case 'close_directly':
      return !one.minor
    case 'mediate':
      return !one.type.startsWith('D')
    case 'escalate':
      return one.level === 3
    case 'close_unanswered':
      return now - (one.waitsSince ?? now) < week
    case 'return':
    case 'suspend':
    case 'reopen':
      return one.requestedBy === actor.id
    case 'extend':
      return one.requestedBy === actor.id || one.extensions >= 2
    case 'request':
      return one.requestedBy !== null
    case 'decline':
      return one.requestedBy === null || one.requestedBy === actor.id
    case 'rework':
    case 'close':
      return one.workers.includes(actor.id)
    case 'void':
    case 'merge':
      return one.duplicates.size > 0 || one.serious.size > 0
    case 'unmerge':
      return one.mergedInto === null
    case 'release':
      return one.duplicates.size === 0
    case 'remove_party':
    case 'agree':
      return one.parties.size === 0
    case 'withdraw_serious_event':
      return one.serious.size === 0
    case 'carry_out':
      return ![...one.decisions.values()].includes(true)
    case 'perform':
    case 'breach':
      return [...one.agreements.values()].every((agreement) => agreement.open.size === 0)
    default:
      return false
  }
}

function isUnfit(one: ModelCase, { action, content }: ModelStep, now: number): boolean {
  const text = (name: string) => (typeof content[name] === 'string' ? content[name] : '')
  const isPast = (name: string) => Date.parse(text(name)) <= now
  const hasSigned = (party: string) => [...one.agreements.values()].some(({ parties }) => parties.includes(party))
  switch (action) {
    case 'close':
      return (
        isWithoutAgreement(one, text('outcome')) || (one.type.startsWith('D') && text('outcome') === '' && !one.outcome)
      )
    case 'finish':
      return isWithoutAgreement(one, text('outcome'))
    case 'extend':
      return isPast('dueAt')
    case 'suspend':
      return isPast('until')
    case 'forward':
      return isPast('expectedAt')
    case 'consult': {
      const decided = (content['decisions'] ?? []) as { decision: string; dueAt: string }[]
      const ids = decided.map(({ decision }) => decision)
      return (
        decided.some(({ dueAt }) => Date.parse(dueAt) <= now) ||
        new Set(ids).size < ids.length ||
        ids.some((id) => one.decisions.has(id))
      )
    }
    case 'carry_out':
      return one.decisions.get(text('decision')) !== true
    case 'remove_party':
      return !one.parties.has(text('party')) || hasSigned(text('party'))
    case 'agree': {
      const named = [
        ...(content['parties'] as string[]),
        ...(content['duties'] as { party: string }[]).map(({ party }) => party),
      ]
      return one.agreements.has(text('agreement')) || named.some((party) => !one.parties.has(party))
    }
    case 'record_serious_event': {
      const given = Object.keys(content).filter((name) => name !== 'kind' && name !== 'happenedAt')
      const own = { criminal: '', mass_incident: 'people', petition: 'level petitionForm' }[text('kind')]
      return Date.parse(text('happenedAt')) > now || given.toSorted().join(' ') !== own
    }
    case 'withdraw_serious_event':
      return !one.serious.has(Number(content['step']))
    case 'perform':
    case 'breach':
      return one.agreements.get(text('agreement'))?.open.has(text('duty')) !== true
    default:
      return false
  }
}

function isWithoutAgreement({ agreements }: ModelCase, outcome: string): boolean {
  return outcome === 'written' && ![...agreements.values()].some(({ written }) => written)
}

/** Changes the case as a step of one case does that is expected to be taken. */
export function take(one: ModelCase, { action, content }: ModelStep, actor: ModelActor, now: number): void {
  const { to } = rowOf(one, action)!
  const status = one.status
  if (to !== '=') one.status = to
  one.sequence += 1
  const work = () => {
    if (!one.workers.includes(actor.id)) one.workers.push(actor.id)
  }
  const moveTo = (handlers: string[]) => {
    one.handlers = handlers
  }
  switch (action) {
    case 'close_directly':
    case 'close':
      if (content['outcome'] !== undefined) one.outcome = true
      one.requestedBy = null
      break
    case 'close_unanswered':
      one.outcome = true
      one.requestedBy = null
      break
    case 'classify':
      one.type = String(content['type'])
      one.minor =
        !one.type.startsWith('D') &&
        content['risk'] !== 'red' &&
        content['risk'] !== 'orange' &&
        content['urgency'] === '1'
      break
    case 'dispatch':
      moveTo((content['handlers'] as string[] | undefined) ?? [])
      break
    case 'escalate':
      moveTo((content['handlers'] as string[] | undefined) ?? [])
      one.level += 1
      work()
      break
    case 'sign':
      if (!one.handlers.includes(actor.id)) one.handlers.push(actor.id)
      work()
      break
    case 'return':
      moveTo([])
      one.requestedBy = null
      break
    case 'join':
      for (const id of (content['handlers'] as string[] | undefined) ?? [])
        if (!one.handlers.includes(id)) one.handlers.push(id)
      break
    case 'ask_reporter':
      one.waitsSince = now
      work()
      break
    case 'reporter_answers':
    case 'suspend':
    case 'decline':
      one.requestedBy = null
      break
    case 'extend':
      one.extensions += 1
      one.requestedBy = null
      break
    case 'request':
      one.requestedBy = actor.id
      break
    case 'finish':
      if (content['outcome'] !== undefined) one.outcome = true
      one.requestedBy = null
      work()
      break
    case 'outside_replies':
    case 'outside_finishes':
      one.requestedBy = null
      work()
      break
    case 'record':
    case 'mediate':
    case 'forward':
    case 'plan':
      work()
      break
    case 'relapse':
    case 'reopen':
      moveTo([])
      Object.assign(one, {
        workers: [],
        requestedBy: null,
        extensions: 0,
        waitsSince: null,
        outcome: false,
        rated: false,
      })
      break
    case 'merge':
      one.mergedInto = String(content['into'])
      one.before = status
      one.requestedBy = null
      break
    case 'unmerge':
      one.status = one.before ?? status
      one.mergedInto = null
      break
    case 'remove_party':
      one.parties.delete(String(content['party']))
      break
    case 'agree':
      one.agreements.set(String(content['agreement']), {
        written: content['form'] === 'written',
        parties: content['parties'] as string[],
        open: new Set((content['duties'] as { duty: string }[]).map(({ duty }) => duty)),
      })
      work()
      break
    case 'consult':
      for (const { decision } of content['decisions'] as { decision: string }[]) one.decisions.set(decision, true)
      break
    case 'carry_out':
      one.decisions.set(String(content['decision']), false)
      break
    case 'record_serious_event':
      one.serious.add(one.sequence)
      break
    case 'withdraw_serious_event':
      one.serious.delete(Number(content['step']))
      break
    case 'perform':
    case 'breach':
      one.agreements.get(String(content['agreement']))!.open.delete(String(content['duty']))
      break
    default:
  }
}
