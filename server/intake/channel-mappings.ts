import type { Channel } from '@minqing/data/domain/channel'
import { ChannelMapping, plainMapping } from '@minqing/data/domain/intake'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../store/connect.ts'
import { type ReadSource, readAs } from '../store/scope.ts'
import { writeAs } from '../writing/write-as.ts'
import { findStreet } from '../areas/find-street.ts'

/**
 * What the messages of a channel mean in a street; those without a mapping of their own name the members themselves.
 *
 * @param given the street; without one, that in which the actor works
 * @throws ProblemError as `findStreet`
 */
export async function readMapping(
  readFrom: ReadSource,
  actor: Actor,
  given: string | undefined,
  channel: Channel,
): Promise<{ street: string; mapping: ChannelMapping }> {
  const scope = { role: 'writer', areas: actor.scope.areas } as const
  return readAs(readFrom, scope, async (transaction) => {
    const street = await findStreet(transaction, given, scope)
    const [row] = await transaction<{ mapping: unknown }[]>`
      select mapping from intake_channel where street_code = ${street} and channel = ${channel}`
    return { street, mapping: row === undefined ? plainMapping : ChannelMapping.parse(row.mapping) }
  })
}

/** Sets what the messages of a channel mean in a street from now on. */
export async function writeMapping(
  database: Database,
  actor: Actor,
  street: string,
  channel: Channel,
  mapping: ChannelMapping,
  now: Date,
): Promise<void> {
  const audited = { action: 'change', object: 'import', area: street, target: channel } as const
  await writeAs(database, actor, audited, async ({ transaction }) => {
    await transaction`
      insert into intake_channel (street_code, channel, mapping, updated_at)
      values (${street}, ${channel}, ${transaction.json(mapping)}, ${now})
      on conflict (street_code, channel) do update set mapping = excluded.mapping, updated_at = excluded.updated_at`
  })
}
