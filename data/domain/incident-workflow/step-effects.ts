import {
  type Agreement,
  type Duty,
  hasAccount,
  type IncidentLoop,
  type Interval,
  type WorkflowStep,
} from './incident-loop.ts'

/** What a step leaves behind besides status, number and time. */
export function stepEffect(loop: IncidentLoop, step: WorkflowStep): Partial<IncidentLoop> {
  const { at } = step
  switch (step.action) {
    case 'report':
      return {
        reportedAt: at,
        ...(step.type === undefined ? {} : { type: step.type, risk: 'blue', urgency: step.urgency ?? '1' }),
        involvedCount: step.involvedCount ?? null,
      }
    case 'draft':
    case 'submit':
      return { reportedAt: at }
    case 'resubmit':
      return { reportedAt: at, closedAt: null }
    case 'import':
      return importEffect(loop, step, at)
    case 'accept':
      return { acceptedAt: at, startedAt: at }
    case 'reject':
      return { closedAt: at }
    case 'close_directly':
    case 'close':
      return { closedAt: at, outcome: step.outcome ?? loop.outcome, request: null }
    case 'close_unanswered':
      return { closedAt: at, outcome: 'withdrawn', waits: endLast(loop.waits, at), request: null }
    case 'classify':
      return {
        filedAt: loop.filedAt ?? at,
        type: step.type,
        risk: step.risk,
        urgency: step.urgency,
        involvedCount: step.involvedCount ?? loop.involvedCount,
        ...(step.dueAt === undefined ? {} : { dueAt: Date.parse(step.dueAt), dueSetAt: at }),
      }
    case 'dispatch':
    case 'escalate':
      return {
        ...atUnit(step.unit, step.handlers ?? []),
        dispatchedAt: at,
        level: step.action === 'escalate' && loop.level < 3 ? ((loop.level + 1) as 2 | 3) : loop.level,
        workedBy: step.action === 'escalate' ? withWorker(loop, step) : loop.workedBy,
      }
    case 'sign':
      return {
        signedAt: at,
        handlers: hasAccount(step.actor) ? union(loop.handlers, [step.actor.id]) : loop.handlers,
        workedBy: withWorker(loop, step),
      }
    case 'return':
      return { ...atUnit('', []), returns: loop.returns + 1, request: null }
    case 'refile':
      return { filedAt: at }
    case 'record':
    case 'mediate':
      return { firstActionAt: loop.firstActionAt ?? at, workedBy: withWorker(loop, step) }
    case 'join':
      return {
        unit: step.leadUnit,
        jointUnits: step.units.filter((unit) => unit !== step.leadUnit),
        handlers: union(loop.handlers, step.handlers ?? []),
      }
    case 'consult':
      return {
        decisions: [
          ...loop.decisions,
          ...step.decisions.map(({ decision, unit, dueAt }) => ({
            id: decision,
            unit,
            decidedAt: at,
            dueAt: Date.parse(dueAt),
            state: 'open' as const,
          })),
        ],
      }
    case 'carry_out':
      return {
        decisions: loop.decisions.map((one) => (one.id === step.decision ? { ...one, state: 'done' as const } : one)),
      }
    case 'ask_reporter':
      return {
        waits: [...loop.waits, { from: at, until: null }],
        firstActionAt: loop.firstActionAt ?? at,
        workedBy: withWorker(loop, step),
      }
    case 'reporter_answers':
      return { waits: endLast(loop.waits, at), request: null }
    case 'forward': {
      const { unit, receipt, expectedAt } = step
      return {
        outside: { unit, receipt, forwardedAt: at, expectedAt: Date.parse(expectedAt) },
        firstActionAt: loop.firstActionAt ?? at,
        workedBy: withWorker(loop, step),
      }
    }
    case 'outside_replies':
      return { outside: null, request: null, workedBy: withWorker(loop, step) }
    case 'outside_finishes':
      return { outside: null, request: null, finishedAt: at, workedBy: withWorker(loop, step) }
    case 'suspend':
      return {
        holds: [...loop.holds, { from: at, until: null }],
        suspendedUntil: Date.parse(step.until),
        request: null,
      }
    case 'resume':
      return { holds: endLast(loop.holds, at), suspendedUntil: null }
    case 'extend':
      return { dueAt: Date.parse(step.dueAt), dueSetAt: at, extensions: loop.extensions + 1, request: null }
    case 'request':
      return { request: { request: step.request, by: step.actor.id } }
    case 'decline':
      return { request: null }
    case 'finish':
      return {
        finishedAt: at,
        firstActionAt: loop.firstActionAt ?? at,
        outcome: step.outcome ?? loop.outcome,
        request: null,
        workedBy: withWorker(loop, step),
      }
    case 'rework':
      return { reworks: loop.reworks + 1, finishedAt: null }
    case 'visit':
      return { visits: [...loop.visits, { at, satisfaction: step.satisfaction }] }
    case 'relapse':
      return { ...newRound(loop, at), relapses: loop.relapses + 1 }
    case 'reopen':
      return {
        ...newRound(loop, at),
        reopenings: loop.reopenings + 1,
        ...(step.dueAt === undefined ? {} : { dueAt: Date.parse(step.dueAt), dueSetAt: at }),
      }
    case 'merge':
      return { mergedInto: step.into, statusBeforeMerge: loop.status, request: null }
    case 'unmerge':
      return { mergedInto: null, statusBeforeMerge: null }
    case 'absorb': {
      const { number, parties, reportedAt } = step
      return {
        absorbed: [...loop.absorbed, { number, reportedAt: Date.parse(reportedAt) }],
        parties: [...loop.parties, ...parties.map(({ id, side }) => ({ id, side, from: number }))],
      }
    }
    case 'release':
      return {
        absorbed: loop.absorbed.filter(({ number }) => number !== step.number),
        parties: loop.parties.filter(({ from }) => from !== step.number),
      }
    case 'add_party':
      return { parties: [...loop.parties, { id: step.party, side: step.side, from: null }] }
    case 'remove_party':
      return { parties: loop.parties.filter(({ id }) => id !== step.party) }
    case 'agree': {
      const duties = step.duties.map(({ duty, party, dueAt }) => openDuty(duty, party, at, dueAt))
      const agreement = { id: step.agreement, form: step.form, parties: step.parties, duties }
      return { agreements: [...loop.agreements, agreement], workedBy: withWorker(loop, step) }
    }
    case 'perform':
    case 'breach':
      return { agreements: loop.agreements.map((agreement) => withDuty(agreement, step)) }
    case 'plan':
      return { hasPlan: true, workedBy: withWorker(loop, step) }
    case 'assign_lead':
      return { leadPost: step.post, isBacklog: step.isBacklog ?? loop.isBacklog }
    case 'choose_procedure':
      return { procedure: step.procedure }
    case 'repeat_visit':
      return { repeatVisits: loop.repeatVisits + 1 }
    case 'supervise':
      return { urgings: loop.urgings + 1, cards: step.card === undefined ? loop.cards : [...loop.cards, step.card] }
    case 'record_serious_event': {
      const { kind, happenedAt, people = null, level = null, petitionForm = null } = step
      const event = { step: loop.sequence + 1, kind, happenedAt: Date.parse(happenedAt), people, level, petitionForm }
      return { seriousEvents: [...loop.seriousEvents, event] }
    }
    case 'withdraw_serious_event':
      return { seriousEvents: loop.seriousEvents.filter((one) => one.step !== step.step) }
    case 'rate':
      return { rating: step.rating }
    case 'begin_follow_up':
    case 'archive':
    case 'void':
      return { request: null }
  }
}

/** A file says how far the case has come, not how: what it passed on the way is taken as of the same time. */
function importEffect(
  loop: IncidentLoop,
  { status, dueAt }: Extract<WorkflowStep, { action: 'import' }>,
  at: number,
): Partial<IncidentLoop> {
  const isSuspended = status === '55'
  const isWaiting = status === '52'
  return {
    reportedAt: loop.status === null ? at : loop.reportedAt,
    ...(dueAt === undefined ? {} : { dueAt: Date.parse(dueAt), dueSetAt: at }),
    startedAt: loop.startedAt ?? (status === '10' || status === '00' || status === '99' ? null : at),
    acceptedAt: loop.acceptedAt ?? (status === '10' || status === '00' || status === '99' ? null : at),
    closedAt: status === '70' || status === '75' || status === '80' ? (loop.closedAt ?? at) : null,
    finishedAt: status === '60' ? at : null,
    holds: [...endLast(loop.holds, at), ...(isSuspended ? [{ from: at, until: null }] : [])],
    waits: [...endLast(loop.waits, at), ...(isWaiting ? [{ from: at, until: null }] : [])],
    outside: status === '58' ? loop.outside : null,
    suspendedUntil: null,
    mergedInto: null,
    statusBeforeMerge: null,
    request: null,
  }
}

/** A relapse or reopening has clocks of its own: nothing of the round before counts, in duplicates neither. */
function newRound({ absorbed }: IncidentLoop, at: number): Partial<IncidentLoop> {
  return {
    ...atUnit('', []),
    startedAt: at,
    filedAt: at,
    dispatchedAt: null,
    finishedAt: null,
    closedAt: null,
    workedBy: [],
    dueAt: null,
    dueSetAt: null,
    extensions: 0,
    holds: [],
    waits: [],
    outcome: null,
    rating: null,
    request: null,
    absorbed: absorbed.map((one) => ({ ...one, reportedAt: at })),
  }
}

function atUnit(unit: string, handlers: readonly string[]): Partial<IncidentLoop> {
  return { unit, handlers, jointUnits: [], signedAt: null, firstActionAt: null }
}

/** Without an account nobody stands behind a step who could verify. */
function withWorker({ workedBy }: IncidentLoop, { actor }: WorkflowStep): readonly string[] {
  return actor.role === 'system' || !hasAccount(actor) ? workedBy : union(workedBy, [actor.id])
}

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])]
}

function endLast(intervals: readonly Interval[], at: number): readonly Interval[] {
  return intervals.map((one) => (one.until === null ? { ...one, until: at } : one))
}

function openDuty(id: string, party: string, agreedAt: number, dueAt: string): Duty {
  return { id, party, agreedAt, dueAt: Date.parse(dueAt), state: 'open' }
}

function withDuty(agreement: Agreement, step: Extract<WorkflowStep, { action: 'perform' | 'breach' }>): Agreement {
  if (agreement.id !== step.agreement) return agreement
  const state = step.action === 'perform' ? 'performed' : 'breached'
  return {
    ...agreement,
    duties: agreement.duties.map((duty) => (duty.id === step.duty ? { ...duty, state } : duty)),
  }
}
