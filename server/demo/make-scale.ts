import { collectionNames } from '@minqing/data/domain/data-status'
import { type DemoScale, streetSites, demoModel } from '@minqing/data/demo/city/site'
import type { Actor } from '../access/actor.ts'
import { countIncidents } from '../counts/count-incidents.ts'
import type { Database } from '../store/connect.ts'
import { writeAs, type Writing } from '../writing/write-as.ts'
import { copyText } from '../store/copy-rows.ts'
import type { StreetText } from './make-street-text.ts'
import { lockImports } from '../imports/apply/batch.ts'
import { removeDemoRows } from './demo-state.ts'
import { makeStreets } from './street-makers.ts'

export type ScaleOptions = {
  scale: Exclude<DemoScale, 'street'>
  seed: number
  /** The instant at which the series ends; one that was begun has its own. */
  asOf: Date
  report: (line: string) => void
  /** Months of incidents, those of the scale unless given: for tests, which need no five years. */
  months?: number
  /** Streets that are whole stay; a later call goes on with the next. */
  signal?: AbortSignal
}

export type ScaleOutcome = { made: number; existing: number; incidents: number }

/**
 * Makes the streets of a district or city that are not there yet, each in a transaction of its own. A street of another
 * scale, seed or model is made again. Needs about 300 MB of memory, whatever the scale.
 */
export async function makeScale(database: Database, actor: Actor, options: ScaleOptions): Promise<ScaleOutcome> {
  const { scale, seed, report, months, signal } = options
  const there = await database<{ streetCode: string; madeAt: string }[]>`
    select street_code, made_at from demo_state
    where scale = ${scale} and seed = ${seed} and model = ${demoModel}`
  const asOf = there[0]?.madeAt ?? options.asOf.toISOString()
  const whole = new Set(there.map(({ streetCode }) => streetCode))
  const sites = streetSites(scale, seed).map((site, index) => ({ ...site, index }))
  const missing = sites.filter(({ code }) => !whole.has(code))
  const began = performance.now()
  let [made, incidents] = [0, 0]
  for await (const street of makeStreets(missing.map(({ index }) => ({ scale, seed, index, asOf, months })))) {
    signal?.throwIfAborted()
    const site = missing[made]!
    await writeAs(
      database,
      actor,
      { action: 'make', object: 'demo', area: site.code },
      (writing) => writeStreet(writing, site.code, street, { scale, seed, asOf }),
      'owner',
    )
    made++
    incidents += street.incidents
    const pace = Math.round((incidents / (performance.now() - began)) * 1000)
    report(
      `${whole.size + made}/${sites.length} ${site.name} ${street.incidents} 件 · incidents（共 ${incidents} in all，${pace}/s）`,
    )
    // At once, rather than when the next street has been made, which would be thrown away.
    if (made < missing.length) signal?.throwIfAborted()
  }
  if (made > 0) {
    report('正在整理数据库 · Tidying the database')
    // What the planner must know of tables that have grown a hundredfold.
    for (const table of ['area', 'building', 'incident', 'incident_month'])
      await database.begin(async (transaction) => {
        await transaction`set local statement_timeout = 0`
        await transaction`analyze ${transaction(table)}`
      })
  }
  return { made, existing: whole.size, incidents }
}

async function writeStreet(
  writing: Writing,
  code: string,
  { tables, steps }: StreetText,
  { scale, seed, asOf }: { scale: DemoScale; seed: number; asOf: string },
): Promise<void> {
  const { transaction } = writing
  // The demo can be made again: a commit need not wait for the disk.
  await transaction`set local synchronous_commit = off`
  await lockImports(transaction)
  await removeDemoRows(transaction, code)
  // One COPY at a time on a connection.
  for (const table of tables) await copyText(transaction, table)
  await transaction`insert into log_head (street_code, position) values (${code}, ${steps})`
  await transaction`
    insert into demo_state (street_code, seed, scale, model, made_at, carried_to)
    values (${code}, ${seed}, ${scale}, ${demoModel}, ${asOf}, ${asOf})`
  await countIncidents(
    transaction,
    transaction`select street_code, reported_at from incident where street_code = ${code}`,
  )
  writing.change(collectionNames)
}
