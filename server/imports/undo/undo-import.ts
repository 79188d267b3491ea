import type { Label } from '@minqing/data/domain/label'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../../access/actor.ts'
import { countIncidents } from '../../counts/count-incidents.ts'
import type { Database, Transaction } from '../../store/connect.ts'
import type { CollectionName } from '@minqing/data/domain/data-status'
import { writeAs } from '../../writing/write-as.ts'
import { forgetAnswers } from '../addresses/answers.ts'
import { lockImports } from '../apply/batch.ts'
import { refreshDerived } from '../apply/derived-areas.ts'
import { findLaterChanges, type LaterChanges } from './later-changes.ts'
import { findOccupants, type Occupants, removeAreas } from './remove-areas.ts'
import { removeRows, restoreRows, rowCollections } from './restore-rows.ts'
import { restoreBase } from './restore-base.ts'

export type Undone = { id: number; file: string; removed: number; restored: number }

type Batch = { id: number; file: string; streets: string[]; undoneAt: string | null; open: boolean }

/**
 * Takes an import back as a whole: what it inserted is gone, what it updated is as it was, in one transaction.
 *
 * @throws ProblemError `not_found`, or `conflict` when it has been undone already, its before-images have been dropped,
 * or something stands on what it wrote: the sentence says what
 */
export async function undoImport(database: Database, actor: Actor, id: number): Promise<Undone> {
  const action = { action: 'undo', object: 'import', target: String(id) } as const
  return writeAs(database, actor, action, async (writing) => {
    const { transaction } = writing
    await lockImports(transaction)
    const { file, streets } = await batchOf(transaction, id)
    const later = await findLaterChanges(transaction, id, streets)
    if (later.rows > 0) throw changedSince(id, file, later)
    await noteIncidents(transaction, id, streets)
    const touched = new Set<CollectionName>()
    let restored = 0
    let removed = 0
    for (const collection of rowCollections) {
      const back = await restoreRows(transaction, collection, id, streets)
      const gone = collection.table === 'area' ? 0 : await removeRows(transaction, collection, id, streets)
      restored += back
      removed += gone
      if (back + gone > 0) touched.add(collection.touches)
    }
    const base = await restoreBase(transaction, id, streets)
    removed += base.removed
    restored += base.restored
    if (base.removed + base.restored > 0) touched.add('base')
    const occupants = await findOccupants(transaction, id, streets)
    if (Object.values(occupants).some((count) => count > 0)) throw occupied(id, file, occupants)
    const areas = await removeAreas(transaction, id, streets)
    removed += areas
    if ((await refreshDerived(transaction, streets)) || areas > 0) touched.add('areas')
    await forgetAnswers(transaction, streets, id)
    await transaction`delete from import_before where street_code = any(${streets}::text[]) and batch = ${id}`
    await transaction`update import_batch set undone_at = now() where id = ${id}`
    if (touched.has('incidents')) await recountIncidents(transaction)
    writing.change(touched)
    writing.area = streets[0]
    Object.assign(writing.details, { removed, restored, streets })
    return { id, file, removed, restored }
  })
}

async function batchOf(transaction: Transaction, id: number): Promise<Batch> {
  const [batch] = await transaction<Batch[]>`
    select id, file, streets, undone_at, undo_until > now() and not forgotten as open from import_batch
    where id = ${id} for update`
  if (batch === undefined)
    throw new ProblemError(
      'not_found',
      { zh: `没有编号为 ${id} 的导入`, en: `There is no import number ${id}` },
      { remedy: { zh: '导入记录里列出了全部导入', en: 'The list of imports has them all' } },
    )
  const said = (detail: Label) => new ProblemError('conflict', detail)
  if (batch.undoneAt !== null)
    throw said({
      zh: `导入 ${id}（${batch.file}）已经撤销过`,
      en: `Import ${id} (${batch.file}) has been undone already`,
    })
  if (!batch.open)
    throw said({
      zh: `导入 ${id}（${batch.file}）的撤销期限已过，原有内容已按规定删除`,
      en: `The time to undo import ${id} (${batch.file}) is over: what it replaced has been deleted, as is the rule`,
    })
  return batch
}

function changedSince(id: number, file: string, { rows, imports }: LaterChanges): ProblemError {
  const zhImports = imports.map((later) => `导入 ${later.id}（${later.file}）`).join('、')
  const enImports = imports.map((later) => `import ${later.id} (${later.file})`).join(', ')
  return new ProblemError(
    'conflict',
    {
      zh: `导入 ${id}（${file}）写入的记录中，有 ${rows} 条后来又有改动${zhImports === '' ? '' : `：${zhImports}`}，因此不能整体撤销`,
      en: `Of what import ${id} (${file}) wrote, ${rows} records have changed since${enImports === '' ? '' : `, by ${enImports}`}: it cannot be undone as a whole`,
    },
    imports.length === 0
      ? {}
      : { remedy: { zh: '请先撤销后来的导入，再撤销这一次', en: 'Undo the later ones first, then this one' } },
  )
}

function occupied(
  id: number,
  file: string,
  { areas, buildings, incidents, facilities, people }: Occupants,
): ProblemError {
  const parts = [
    [areas, '个下级区域', 'areas'],
    [buildings, '栋楼', 'buildings'],
    [incidents, '件事件', 'incidents'],
    [facilities, '处设施', 'facilities'],
    [people, '条住户或人员记录', 'records of households and staff'],
  ] as const
  const there = parts.filter(([count]) => count > 0)
  return new ProblemError(
    'conflict',
    {
      zh: `导入 ${id}（${file}）带来的区域里，现在有${there.map(([count, zh]) => `${count} ${zh}`).join('、')}，因此不能撤销`,
      en: `Areas that import ${id} (${file}) brought now hold ${there.map(([count, , en]) => `${count} ${en}`).join(', ')}: it cannot be undone`,
    },
    {
      remedy: {
        zh: '请先撤销把这些内容放进来的导入，再撤销这一次',
        en: 'Undo the imports that put them there first, then this one',
      },
    },
  )
}

/** Notes when the cases that an undo will touch were reported, before and after it. */
async function noteIncidents(transaction: Transaction, batch: number, streets: readonly string[]): Promise<void> {
  const inStreets = [...streets]
  await transaction`
    create temp table undone_case on commit drop as
    select street_code, reported_at from incident
    where street_code = any(${inStreets}::text[]) and import_batch = ${batch}
    union all
    select o.street_code, unnest(array[i.reported_at, (o.before ->> 'reported_at')::timestamptz])
    from import_before o join incident i on i.street_code = o.street_code and i.number = o.key
    where o.street_code = any(${inStreets}::text[]) and o.batch = ${batch} and o.collection = 'incident'`
}

/** Brings the counts of those months up to date. */
async function recountIncidents(transaction: Transaction): Promise<void> {
  await countIncidents(transaction, transaction`select street_code, reported_at from undone_case`)
}
