import type { IncidentLoop } from '@minqing/data/domain/incident-workflow/incident-loop'
import type { StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../store/connect.ts'
import { writeAs } from '../writing/write-as.ts'
import { appendSteps, type TakenStep } from './append-steps.ts'
import { lockLoop } from './read-loop.ts'

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
    const loop = await lockLoop(writing.transaction, street, number)
    if (loop.sequence !== asked.sequence) throw someoneWasFirst(loop)
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

function someoneWasFirst({ sequence }: IncidentLoop): ProblemError {
  return new ProblemError(
    'conflict',
    { zh: `该事件已有新的办理记录（第 ${sequence} 步）`, en: `The case has moved on: it is at step ${sequence}` },
    { parameter: 'sequence', remedy: { zh: '请刷新后再操作', en: 'Read it again before you act' } },
  )
}
