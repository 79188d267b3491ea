import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { clockNodeLabels, clocksOf, type TimeLimits } from '@minqing/data/domain/incident-workflow/clocks'
import type { IncidentLoop } from '@minqing/data/domain/incident-workflow/incident-loop'
import {
  type StepAction,
  stepActionLabels,
  type StepContent,
} from '@minqing/data/domain/incident-workflow/step-actions'
import type { ReceiptProgress } from '@minqing/data/domain/intake'
import { ProblemError } from '@minqing/data/domain/problem'
import { actorAs } from '../access/actor.ts'
import { readTimeLimits } from '../clocks/read-limits.ts'
import type { Database } from '../store/connect.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { appendSteps } from '../workflow/append-steps.ts'
import { lockLoop, readLoop, type StepRow } from '../workflow/read-loop.ts'
import { writeAs } from '../writing/write-as.ts'
import { digestOf } from './receipts.ts'

/** Steps between offices, which are no news for a reporter. */
const internal: readonly StepAction[] = [
  'request',
  'decline',
  'supervise',
  'assign_lead',
  'plan',
  'absorb',
  'release',
  'add_party',
  'remove_party',
  'rate',
  'record',
  'consult',
  'carry_out',
  'record_serious_event',
  'withdraw_serious_event',
]

type Found = { street: string; number: string }

/**
 * How far the case of a receipt has come; of one that was merged, the case that it was merged into.
 *
 * @throws ProblemError `not_found` for a code that opens nothing
 */
export async function readProgress(readFrom: ReadSource, code: string, now: Date): Promise<ReceiptProgress> {
  const own = await findCase(readFrom, code)
  const first = await readCase(readFrom, own)
  const { mergedInto } = first.loop
  const { loop, steps, limits } = mergedInto === null ? first : await readCase(readFrom, { ...own, number: mergedInto })
  const instant = (time: number) => new Date(time).toISOString()
  const next = clocksOf(loop, now.getTime(), limits).toSorted((a, b) => a.dueAt - b.dueAt)[0]
  return {
    number: own.number,
    mergedInto,
    type: incidentTypeLabels[loop.type ?? 'E99'],
    status: incidentStatusLabels[loop.status ?? '10'],
    reportedAt: instant(first.loop.reportedAt),
    unit: loop.unit,
    procedure: loop.procedure,
    steps: steps
      .filter(({ action }) => !internal.includes(action))
      .map(({ action, at, unit }) => ({
        label: stepActionLabels[action],
        at: new Date(at).toISOString(),
        unit: unit ?? '',
      })),
    next: next === undefined ? null : { label: clockNodeLabels[next.node], dueAt: instant(next.dueAt) },
    closedAt: loop.closedAt === null ? null : instant(loop.closedAt),
    mayRate: mayRate(loop),
    rating: loop.rating,
  }
}

/**
 * Rates the case as whoever reported it.
 *
 * @throws ProblemError `not_found`, or `conflict` where it is not closed or rated already
 */
export async function rateByReceipt(
  database: Database,
  readFrom: ReadSource,
  code: string,
  rating: Extract<StepContent, { action: 'rate' }>['rating'],
  now: Date,
): Promise<void> {
  const own = await findCase(readFrom, code)
  const { mergedInto } = (await readCase(readFrom, own)).loop
  const { street, number } = mergedInto === null ? own : { ...own, number: mergedInto }
  const receipt = actorAs({ kind: 'system', id: 'receipt', name: 'receipt' }, 'administrator', [street])
  const audited = { action: 'change', object: 'incident', area: street, target: number } as const
  await writeAs(database, receipt, audited, async (writing) => {
    const loop = await lockLoop(writing.transaction, street, number)
    const by = { id: 'receipt', role: 'reporter' } as const
    await appendSteps(writing, { street, number }, loop, [{ content: { action: 'rate', rating } }], by, now)
  })
}

function mayRate({ status, rating }: IncidentLoop): boolean {
  return rating === null && (status === '70' || status === '75' || status === '80')
}

/** The code is 130 random bits: whoever has it, has been given it. */
async function findCase(readFrom: ReadSource, code: string): Promise<Found> {
  const [found] = await readAs(
    readFrom,
    { role: 'writer', areas: ['all'] },
    (transaction) => transaction<Found[]>`
      select street_code as street, number from incident_receipt where digest = ${digestOf(code)}`,
  )
  if (found !== undefined) return found
  throw new ProblemError(
    'not_found',
    { zh: '没有这个查询码', en: 'No case has this code' },
    { parameter: 'code', remedy: { zh: '请核对受理告知书上的查询码', en: 'Check the code on the receipt' } },
  )
}

async function readCase(
  readFrom: ReadSource,
  { street, number }: Found,
): Promise<{ loop: IncidentLoop; steps: StepRow[]; limits: TimeLimits }> {
  return readAs(readFrom, { role: 'writer', areas: [street] }, async (transaction) => {
    const [read, limits] = await Promise.all([
      readLoop(transaction, street, number),
      readTimeLimits(transaction, street),
    ])
    return { ...read, limits }
  })
}
