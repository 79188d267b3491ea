import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import { applyStep, type StepRefusal } from '@minqing/data/domain/incident-workflow/apply-step'
import { resolveDue, type TimeLimits } from '@minqing/data/domain/incident-workflow/clocks'
import type { IncidentLoop, WorkflowActor, WorkflowStep } from '@minqing/data/domain/incident-workflow/incident-loop'
import { stepActionLabels, type StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import { storedTask } from '@minqing/data/domain/stored-task'
import { ProblemError } from '@minqing/data/domain/problem'
import { readTimeLimits } from '../clocks/read-limits.ts'
import { countMoved, findCounted } from '../counts/count-moved.ts'
import type { Transaction } from '../store/connect.ts'
import type { Writing } from '../writing/write-as.ts'

/** The log of a case after steps were taken, with the position of the last one in the log of its street. */
export type TakenStep = { sequence: number; position: number; status: IncidentStatus }

/** A step of a case as it is written: what it records, and free text. */
export type WrittenStep = { content: StepContent; opinion?: string }

/** A step that was found possible, with the loop after it. */
type AppliedStep = {
  step: WorkflowStep
  after: IncidentLoop
  from: IncidentStatus | null
  opinion: string
  before: IncidentLoop
}

/**
 * Takes steps of one case, one after the other and all at one instant: the rows of the log, the state of the incident,
 * and the counts. The row of the incident is locked by the caller (`lockLoop`) or new.
 *
 * @param loop before the first of them
 * @param known the time limits of the street, where the transaction has read them already
 * @throws ProblemError `conflict` for a step that is not possible, with those that are; `forbidden` in the wrong role;
 *   `bad_parameter` for a content that does not fit the case
 */
export async function appendSteps(
  writing: Writing,
  { street, number }: { street: string; number: string },
  loop: IncidentLoop,
  steps: readonly WrittenStep[],
  actor: WorkflowActor,
  now: Date,
  known?: TimeLimits,
): Promise<TakenStep & { loop: IncidentLoop }> {
  const { transaction } = writing
  const before = loop.status
  const taken: AppliedStep[] = []
  let after = loop
  for (const { content, opinion = '' } of steps) {
    const step = { ...content, actor, at: now.getTime() }
    const result = applyStep(after, step)
    if (result.refusal !== undefined) throw problemOf(result.refusal)
    taken.push({ step, before: after, after: result.loop, from: result.from, opinion })
    after = result.loop
  }
  if (after.status === null) throw new Error('a case has at least one step')
  // A case that has no step yet is counted nowhere.
  const isNew = loop.sequence === 0
  const [limits, counted] = await Promise.all([
    known ?? readTimeLimits(transaction, street),
    isNew ? undefined : findCounted(transaction, street, number),
  ])
  const [, , moved] = await Promise.all([
    storeLoop(transaction, street, number, after, limits, now),
    storeTask(transaction, street, number, after, limits, now),
    findCounted(transaction, street, number),
  ])
  // Every other step of the street waits from here on: what follows is sent together.
  const position = await takePositions(transaction, street, taken.length)
  const first = position - taken.length + 1
  await Promise.all([
    ...taken.map((one, index) => appendStep(transaction, street, number, first + index, one, limits)),
    countMoved(transaction, street, number, counted, moved),
  ])
  writing.change(['incidents'])
  writing.bySteps = true
  Object.assign(writing.details, {
    step: steps.map(({ content }) => content.action).join(' '),
    from: before,
    to: after.status,
  })
  return { sequence: after.sequence, position, status: after.status, loop: after }
}

/** The last of so many positions that follow in the street's log. */
async function takePositions(transaction: Transaction, street: string, steps: number): Promise<number> {
  const [head] = await transaction<[{ position: number }]>`
    insert into log_head (street_code, position) values (${street}, ${steps})
    on conflict (street_code) do update set position = log_head.position + excluded.position returning position`
  return head.position
}

/** Appends to the log of the street. */
async function appendStep(
  transaction: Transaction,
  street: string,
  number: string,
  position: number,
  { step: { action, actor, at, ...content }, before, after, from, opinion }: AppliedStep,
  limits: TimeLimits,
): Promise<void> {
  // After the step that closes it, until when it had to be resolved.
  const dueAt = dateOf(resolveDue(after, at, limits) ?? resolveDue(before, at, limits))
  await transaction`
    insert into incident_step (street_code, number, sequence, position, from_status, to_status, unit, opinion, at,
      action, actor_id, actor_role, content, due_at)
    values (${street}, ${number}, ${after.sequence}, ${position}, ${from}, ${after.status}, ${after.unit}, ${opinion},
      ${new Date(at)}, ${action}, ${actor.id}, ${actor.role}, ${transaction.json(content)}, ${dueAt})`
}

/** The incident as its loop has it; its due time is that of the clock until which it has to be resolved. */
async function storeLoop(
  transaction: Transaction,
  street: string,
  number: string,
  loop: IncidentLoop,
  limits: TimeLimits,
  now: Date,
): Promise<void> {
  await transaction`
    update incident set status = ${loop.status}, type = ${loop.type}, risk = ${loop.risk}, urgency = ${loop.urgency},
      closed_at = ${dateOf(loop.closedAt)},
      due_at = coalesce(${dateOf(resolveDue(loop, now.getTime(), limits))}, due_at),
      version = version + 1, updated_at = ${now}
    where street_code = ${street} and number = ${number}`
}

/** What has to be done next, for lists and notices: a row for each case in which somebody has to act. */
async function storeTask(
  transaction: Transaction,
  street: string,
  number: string,
  loop: IncidentLoop,
  limits: TimeLimits,
  now: Date,
): Promise<void> {
  const stored = storedTask(loop, now.getTime(), limits)
  if (stored === null) {
    // A new case has none.
    if (loop.sequence > 1)
      await transaction`delete from incident_task where street_code = ${street} and number = ${number}`
    return
  }
  const { handlers, startedAt, soonAt, dueAt, ...rest } = stored
  const changed = {
    ...rest,
    startedAt: dateOf(startedAt),
    soonAt: dateOf(soonAt),
    dueAt: dateOf(dueAt),
    handlers: [...handlers],
  }
  await transaction`
    insert into incident_task ${transaction({ streetCode: street, number, ...changed })}
    on conflict (street_code, number) do update set ${transaction(changed)}`
}

function dateOf(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant)
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
