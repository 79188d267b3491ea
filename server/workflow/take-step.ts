import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import { applyStep, type StepRefusal } from '@minqing/data/domain/incident-workflow/apply-step'
import { clocksOf } from '@minqing/data/domain/incident-workflow/clocks'
import type { IncidentLoop, WorkflowStep } from '@minqing/data/domain/incident-workflow/incident-loop'
import { stepActionLabels, type StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import { countIncidents } from '../counts/count-incidents.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { writeAs } from '../writing/write-as.ts'
import { lockLoop } from './read-loop.ts'
import { calendar } from './work-calendar.ts'

/** A step that somebody asks for. */
export type AskedStep = {
  /** Of the last step that they have seen. */
  sequence: number
  content: StepContent
  /** Free text. */
  opinion: string
}
export type TakenStep = { sequence: number; position: number; status: IncidentStatus }

/**
 * Takes one step of an incident: the row of the log, the incident's own state and the counts, all or nothing.
 *
 * @throws ProblemError `conflict` for a step that is not possible, with those that are, or where somebody else was first;
 *   `forbidden` in the wrong role; `bad_parameter` for a content that does not fit the case
 */
export async function takeStep(
  database: Database,
  actor: Actor,
  street: string,
  number: string,
  asked: AskedStep,
  now: Date,
): Promise<TakenStep> {
  const audited = { action: 'change', object: 'incident', area: street, target: number } as const
  return writeAs(database, actor, audited, async (writing) => {
    const { transaction } = writing
    const loop = await lockLoop(transaction, street, number)
    if (loop.sequence !== asked.sequence) throw someoneWasFirst(loop)
    const step = { ...asked.content, actor: { id: actor.id, role: actor.role }, at: now.getTime() }
    const result = applyStep(loop, step)
    if (result.refusal !== undefined) throw problemOf(result.refusal)
    const position = await appendStep(transaction, street, number, step, result, asked.opinion)
    await storeLoop(transaction, street, number, result.loop, now)
    await countIncidents(
      transaction,
      transaction`select street_code, reported_at from incident where street_code = ${street} and number = ${number}`,
    )
    writing.change(['incidents'])
    writing.bySteps = true
    Object.assign(writing.details, { step: step.action, from: result.from, to: result.to })
    return { sequence: result.loop.sequence, position, status: result.to }
  })
}

/** Appends to the log of the street, with its next position. */
async function appendStep(
  transaction: Transaction,
  street: string,
  number: string,
  { action, actor, at, ...content }: WorkflowStep,
  { loop, from, to }: { loop: IncidentLoop; from: IncidentStatus | null; to: IncidentStatus },
  opinion: string,
): Promise<number> {
  const [head] = await transaction<{ position: number }[]>`
    insert into log_head (street_code, position) values (${street}, 1)
    on conflict (street_code) do update set position = log_head.position + 1 returning position`
  const position = head!.position
  await transaction`
    insert into incident_step (street_code, number, sequence, position, from_status, to_status, unit, opinion, at,
      action, actor_id, actor_role, content)
    values (${street}, ${number}, ${loop.sequence}, ${position}, ${from}, ${to}, ${loop.unit}, ${opinion},
      ${new Date(at)}, ${action}, ${actor.id}, ${actor.role}, ${transaction.json(content)})`
  return position
}

/** The incident as its loop has it; its due time is that of the clock until which it has to be resolved. */
async function storeLoop(
  transaction: Transaction,
  street: string,
  number: string,
  loop: IncidentLoop,
  now: Date,
): Promise<void> {
  const due = clocksOf(loop, now.getTime(), calendar).find(({ node }) => node === 'resolve')?.dueAt
  await transaction`
    update incident set status = ${loop.status}, type = ${loop.type}, risk = ${loop.risk}, urgency = ${loop.urgency},
      closed_at = ${loop.closedAt === null ? null : new Date(loop.closedAt)},
      due_at = coalesce(${due === undefined ? null : new Date(due)}, due_at),
      version = version + 1, updated_at = ${now}
    where street_code = ${street} and number = ${number}`
}

function someoneWasFirst({ sequence }: IncidentLoop): ProblemError {
  return new ProblemError(
    'conflict',
    { zh: `该事件已有新的办理记录（第 ${sequence} 步）`, en: `The case has moved on: it is at step ${sequence}` },
    { parameter: 'sequence', remedy: { zh: '请刷新后再操作', en: 'Read it again before you act' } },
  )
}

const codes = {
  status: 'conflict',
  rule: 'conflict',
  time: 'conflict',
  role: 'forbidden',
  content: 'bad_parameter',
} as const

function problemOf({ kind, reason, legal }: StepRefusal): ProblemError {
  const labels = [...new Set(legal.map(({ action }) => action))].map((action) => stepActionLabels[action])
  const remedy =
    labels.length === 0
      ? { zh: '当前没有可以办理的步骤', en: 'There is no step that you may take now' }
      : {
          zh: `现在可以：${labels.map(({ zh }) => zh).join('、')}`,
          en: `You may now: ${labels.map(({ en }) => en).join(', ')}`,
        }
  return new ProblemError(codes[kind], reason, { remedy })
}
