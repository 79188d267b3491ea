import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { AnalysisRecord, AnalysisRobustness, AnalysisState } from '@minqing/data/domain/analysis'
import { may } from '@minqing/data/domain/access'
import type { RoleName } from '@minqing/data/domain/role'
import type { Actor } from '../access/actor.ts'
import type { Database, Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import { writeAs } from '../writing/write-as.ts'
import type { AnalysisResult } from './run-analysis.ts'

/** Results that are kept; the oldest are removed when one is added. */
export const mostStored = 500

type Row = {
  id: string
  sha256: string
  bytes: number
  madeAt: string
  record: AnalysisRecord
  robustness: AnalysisRobustness[] | null
}

/**
 * A stored analysis, if whoever asks sees all that it was read from: the database compares the areas; the role of the
 * database is the same or the one that sees every column; and buildings are for those who may read buildings.
 */
export async function findStored(
  transaction: Transaction,
  id: string,
  { role }: Scope,
  asks: RoleName,
): Promise<Row | undefined> {
  const [row] = await transaction<Row[]>`
    select id, sha256, bytes, made_at, record, robustness from analysis
    where id = ${id} and (reader = ${role} or ${role} = 'reader')`
  if (row === undefined) return undefined
  return isHidden(row.record, asks) ? undefined : row
}

/** Buildings are for those who may read buildings. */
export function isHidden({ question }: AnalysisRecord, asks: RoleName): boolean {
  return question.unit === 'building' && !may(asks, 'read', 'building')
}

export async function readResult(transaction: Transaction, id: string): Promise<Uint8Array> {
  const [row] = await transaction<{ result: Uint8Array }[]>`select result from analysis where id = ${id}`
  return row === undefined ? new Uint8Array() : promisify(gunzip)(row.result)
}

export function stateOf({ id, sha256, bytes, madeAt, robustness }: Row): AnalysisState {
  return { id, state: 'done', progress: 1, robustness, sha256, bytes, madeAt }
}

/** Records of those that are stored, the newest first. */
export async function listStored(transaction: Transaction, { role }: Scope, asks: RoleName, limit: number) {
  const rows = await transaction<Row[]>`
    select id, sha256, bytes, made_at, record, robustness from analysis
    where reader = ${role} or ${role} = 'reader'
    order by made_at desc, id limit ${limit}`
  return rows
    .filter(({ record }) => !isHidden(record, asks))
    .map(({ record, ...row }) => ({ ...stateOf({ record, ...row }), record }))
}

/** Stores a result and records in the audit trail that it was made. */
export async function storeResult(
  database: Database,
  actor: Actor,
  { bytes, sha256, record }: AnalysisResult,
  robustness: AnalysisRobustness[] | null,
): Promise<void> {
  const { id, question } = record
  const result = await promisify(gzip)(bytes)
  const { role, areas } = actor.scope
  await writeAs(
    database,
    actor,
    { action: 'create', object: 'analysis', area: question.filter.area, target: id },
    async ({ transaction, details }) => {
      Object.assign(details, { method: question.method, unit: question.unit, counted: question.counted, sha256 })
      await transaction`
        insert into analysis (id, reader, areas, record, robustness, made_by, sha256, bytes, result)
        values (${id}, ${role}, ${[...areas]}::text[], ${transaction.json(record)},
          ${robustness === null ? null : transaction.json(robustness)}, ${actor.id}, ${sha256}, ${bytes.length}, ${result})
        on conflict (id) do nothing`
      await transaction`
        delete from analysis where id in (select id from analysis order by made_at desc, id offset ${mostStored})`
    },
  )
}
