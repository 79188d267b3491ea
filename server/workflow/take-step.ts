import type { StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../store/connect.ts'
import { writeAs } from '../writing/write-as.ts'
import { appendSteps, type TakenStep } from './append-steps.ts'
import { lockAt } from './read-loop.ts'

/** A step that somebody asks for. */
export type AskedStep = {
  /** Of the last step that they have seen. */
  sequence: number
  content: StepContent
  /** Free text. */
  opinion: string
}

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
    const loop = await lockAt(writing.transaction, street, number, asked.sequence)
    const { sequence, position, status } = await appendSteps(
      writing,
      { street, number },
      loop,
      [asked],
      { id: actor.id, role: actor.role },
      now,
    )
    return { sequence, position, status }
  })
}
