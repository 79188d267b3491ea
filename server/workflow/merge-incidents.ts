import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../store/connect.ts'
import { writeAs } from '../writing/write-as.ts'
import { appendSteps, type TakenStep } from './append-steps.ts'
import { lockAt, lockLoop } from './read-loop.ts'
import { nameInTarget } from './parties.ts'

type Asked = { sequence: number; reason: string }

/**
 * Merges a case into another one of its street, which takes over its parties and, where that was earlier, its report:
 * one step in the log of each.
 *
 * @throws ProblemError as `takeStep`; `bad_parameter` for a case that is to be merged into itself
 */
export async function mergeIncident(
  database: Database,
  actor: Actor,
  { street, number, into }: { street: string; number: string; into: string },
  { sequence, reason }: Asked,
  now: Date,
): Promise<TakenStep> {
  if (number === into)
    throw new ProblemError(
      'bad_parameter',
      { zh: '事件不能并入自身', en: 'A case cannot be merged into itself' },
      { parameter: 'into', remedy: { zh: '请填写另一事件的编号', en: 'Give the number of another case' } },
    )
  const audited = { action: 'change', object: 'incident', area: street, target: number } as const
  return writeAs(database, actor, audited, async (writing) => {
    const { transaction } = writing
    await lockBoth(transaction, street, number, into)
    const loop = await lockAt(transaction, street, number, sequence)
    const target = await lockLoop(transaction, street, into)
    const by = { id: actor.id, role: actor.role }
    const parties = loop.parties.map(({ id, side }) => ({ id: nameInTarget(number, id), side }))
    const reportedAt = new Date(loop.startedAt ?? loop.reportedAt).toISOString()
    const absorb = { action: 'absorb', number, reportedAt, parties } as const
    const merge = { action: 'merge', into, reason } as const
    const { loop: _loop, ...taken } = await appendSteps(
      writing,
      { street, number },
      loop,
      [{ content: merge }],
      by,
      now,
    )
    await appendSteps(writing, { street, number: into }, target, [{ content: absorb }], by, now)
    writing.details['into'] = into
    return taken
  })
}

/**
 * Undoes a merge: the case goes on where it stood, and takes its parties and its report with it.
 *
 * @throws ProblemError as `takeStep`
 */
export async function unmergeIncident(
  database: Database,
  actor: Actor,
  { street, number }: { street: string; number: string },
  { sequence, reason }: Asked,
  now: Date,
): Promise<TakenStep> {
  const audited = { action: 'change', object: 'incident', area: street, target: number } as const
  return writeAs(database, actor, audited, async (writing) => {
    const { transaction } = writing
    const { mergedInto } = await lockLoop(transaction, street, number)
    if (mergedInto !== null) await lockBoth(transaction, street, number, mergedInto)
    const loop = await lockAt(transaction, street, number, sequence)
    const by = { id: actor.id, role: actor.role }
    if (mergedInto !== null) {
      const target = await lockLoop(transaction, street, mergedInto)
      const release = { action: 'release', number } as const
      await appendSteps(writing, { street, number: mergedInto }, target, [{ content: release }], by, now)
    }
    const unmerge = { action: 'unmerge', reason } as const
    const { loop: _loop, ...taken } = await appendSteps(
      writing,
      { street, number },
      loop,
      [{ content: unmerge }],
      by,
      now,
    )
    return taken
  })
}

/** In one order, so that two who merge the same cases wait instead of deadlocking. */
async function lockBoth(
  transaction: Parameters<typeof lockLoop>[0],
  street: string,
  one: string,
  other: string,
): Promise<void> {
  await transaction`
    select from incident where street_code = ${street} and number = any(${[one, other]}) order by number for update`
}
