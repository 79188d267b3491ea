import type { ModelActor, ModelCase, ModelStep } from './incident-model.ts'

/** A source of whole numbers from 0 to below a limit. */
export type Pick = (below: number) => number

const day = 86_400_000
const types = ['D01', 'D02', 'D06', 'D14', 'E02', 'E03', 'E05']
const outcomes = ['written', 'oral', 'eased', 'failed', undefined]

/** What a step records: of the right form always, and fitting the case most of the time. */
export function contentFor(
  action: string,
  one: ModelCase,
  actors: readonly ModelActor[],
  pick: Pick,
  now: number,
): ModelStep['content'] {
  const of = <T>(all: readonly T[]) => all[pick(all.length)]!
  const soon = () => new Date(now + (pick(8) === 0 ? -1 : 1 + pick(20)) * day).toISOString()
  const reason = { reason: '情况说明' }
  const handlers = () => (pick(3) === 0 ? { handlers: [of(actors).id] } : {})
  const party = () => of([...one.parties.keys(), 'nobody'])
  const outcome = () => {
    const chosen = of(outcomes)
    return chosen === undefined ? {} : { outcome: chosen }
  }
  switch (action) {
    case 'reject':
      return { ...reason, notice: '告知〔1〕号' }
    case 'close_unanswered':
      return { notice: '告知〔2〕号' }
    case 'close_directly':
      return { outcome: 'settled' }
    case 'classify':
      return { type: of(types), risk: of(['red', 'orange', 'yellow', 'blue']), urgency: of(['1', '2', '3']) }
    case 'dispatch':
      return { unit: of(['社区调委会', '派出所', '市场监管所']), ...handlers() }
    case 'escalate':
      return { ...reason, unit: '街道调委会', ...handlers() }
    case 'join':
      return { leadUnit: '派出所', units: ['派出所', '司法所', '律师事务所'], ...handlers() }
    case 'mediate':
      return { mediation: of(['people', 'joint']) }
    case 'forward':
      return { unit: '供电公司', receipt: 'H1', expectedAt: soon() }
    case 'suspend':
      return { ...reason, until: soon() }
    case 'extend':
      return { ...reason, dueAt: soon() }
    case 'request':
      return { ...reason, request: of(['return', 'suspend', 'extend', 'reopen']) }
    case 'finish':
    case 'close':
      return outcome()
    case 'visit':
      return { satisfaction: of(['satisfied', 'fair', 'dissatisfied', 'unreached']) }
    case 'remove_party':
      return { ...reason, party: party() }
    case 'agree':
      return {
        agreement: of(['a1', 'a2', 'a3']),
        form: of(['written', 'oral']),
        parties: [party()],
        duties: [{ duty: 'd1', party: party(), dueAt: soon() }],
      }
    case 'perform':
    case 'breach':
      return { agreement: of([...one.agreements.keys(), 'a9']), duty: 'd1' }
    case 'consult':
      return {
        units: ['司法所', '派出所'],
        decisions: Array.from({ length: pick(3) }, () => ({
          decision: of(['m1', 'm2', 'm3', 'm4']),
          unit: '司法所',
          dueAt: soon(),
        })),
      }
    case 'carry_out':
      return { decision: of([...one.decisions.keys(), 'm9']) }
    case 'assign_lead':
      return { post: '街道副书记' }
    case 'choose_procedure':
      return { procedure: of(['people_mediation', 'arbitration', 'litigation']) }
    case 'record_serious_event':
      return {
        kind: of(['criminal', 'mass_incident', 'petition']),
        happenedAt: new Date(now + (pick(8) === 0 ? 1 : -pick(20)) * day).toISOString(),
        ...of([
          {},
          { people: 12 },
          { level: of(['street', 'district', 'city', 'province', 'capital']), petitionForm: 'group' },
        ]),
      }
    case 'withdraw_serious_event':
      return { ...reason, step: of([...one.serious, 1]) }
    case 'supervise':
      return { ...reason, form: of(['urge', 'supervise']) }
    case 'return':
    case 'refile':
    case 'ask_reporter':
    case 'decline':
    case 'rework':
    case 'relapse':
    case 'reopen':
    case 'void':
      return reason
    default:
      return {}
  }
}
