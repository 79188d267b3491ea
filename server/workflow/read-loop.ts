import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { rebuildLoop } from '@minqing/data/domain/incident-workflow/apply-step'
import type { IncidentLoop, WorkflowRole, WorkflowStep } from '@minqing/data/domain/incident-workflow/incident-loop'
import { stepContents, type StepAction, type StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Risk, Urgency } from '@minqing/data/domain/risk'
import type { Transaction } from '../store/connect.ts'

type Row = { type: IncidentType; risk: Risk; urgency: Urgency; dueAt: string | null }
type StepRow = {
  action: StepAction
  actorId: string
  actorRole: WorkflowRole
  content: Record<string, unknown>
  toStatus: IncidentStatus
  at: string
}

/**
 * How far an incident has come, as its steps say; its row stays locked until the transaction ends, so that of two who
 * take a step at once the second sees the first.
 *
 * @throws ProblemError `not_found`, also for what the actor may not see.
 */
export async function lockLoop(transaction: Transaction, street: string, number: string): Promise<IncidentLoop> {
  const [row] = await transaction<Row[]>`
    select type, risk, urgency, due_at from incident where street_code = ${street} and number = ${number} for update`
  if (row === undefined)
    throw new ProblemError(
      'not_found',
      { zh: `街道 ${street} 没有编号为“${number}”的事件`, en: `Sub-district ${street} has no incident “${number}”` },
      { parameter: 'number', remedy: { zh: '请核对编号', en: 'Check the number' } },
    )
  const steps = await transaction<StepRow[]>`
    select action, actor_id, actor_role, content, to_status, at from incident_step
    where street_code = ${street} and number = ${number} order by sequence`
  const loop = rebuildLoop(steps.map(toStep))
  // A later file may have changed the due time of a case that stayed where it was.
  const isOnlyGiven = steps.every(({ action }) => action === 'import')
  const given = isOnlyGiven && row.dueAt !== null ? { dueAt: Date.parse(row.dueAt), dueSetAt: loop.lastAt } : {}
  return { ...loop, type: row.type, risk: row.risk, urgency: row.urgency, ...given }
}

/** Where the case stands after an import is the step's status; its content has what else the file said. */
function toStep({ action, actorId, actorRole, content, toStatus, at }: StepRow): WorkflowStep {
  const recorded = action === 'import' ? { ...content, status: toStatus } : content
  return {
    ...contentOf(action, recorded),
    actor: { id: actorId, role: actorRole },
    at: Date.parse(at),
  }
}

/** What an action records, checked. The schema that an action names is the one of its content. */
export function contentOf(action: StepAction, recorded: unknown): StepContent {
  return { action, ...stepContents[action].parse(recorded) } as StepContent
}
