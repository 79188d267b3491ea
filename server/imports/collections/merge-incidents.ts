import { closedStatus, initialStatus, unknownStatus, voidStatus } from '@minqing/data/domain/incident-status'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { countIncidents } from '../../counts/count-incidents.ts'
import { isClosed, isOpen } from '../../counts/incident-conditions.ts'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import { createStreets, refreshReach } from '../apply/derived-areas.ts'
import {
  columnOf,
  differ,
  hasMeasured,
  insertRows,
  namedCommunity,
  namedGrid,
  noteOtherSources,
  refuseForeign,
  stagedStreets,
  storeBefore,
  updateRows,
  type Instead,
} from '../apply/merge-rows.ts'
import { type Applied, givenColumns, type Merge } from './collection.ts'

/** Merges the staged incidents into the table and writes the steps that the log needs. */
export const mergeIncidents: Merge = async (transaction, collection, plan, reporter) => {
  await reporter.place()
  await reporter.refuse(await refuseForeign(transaction, collection))
  const hasNewStreets = await createStreets(transaction, plan, reporter.note)
  const change = changeOf(transaction, givenColumns(collection.columns, plan.given), plan.given)
  await findChanges(transaction, change)
  const [counts] = await transaction<{ added: number; changed: number; unchanged: number }[]>`
    select count(*) filter (where change = 'new') as added, count(*) filter (where change = 'changed') as changed,
      (select count(*) from import_row) - count(*) as unchanged
    from import_change`
  const { added = 0, changed = 0, unchanged = 0 } = counts ?? {}
  let [inserted, updated] = [0, 0]
  if (added > 0)
    inserted = await insertRows(transaction, collection, plan, {
      rows: transaction`import_row r join import_change c using (ordinal) where c.change = 'new'`,
      values: { status: transaction`c.new_status` },
    })
  if (changed > 0) {
    await findLastSteps(transaction)
    await storeBefore(transaction, collection, plan, {
      rows: transaction`import_change c join incident t using (street_code, number) where c.change = 'changed'`,
      steps: transaction`c.last_step`,
    })
    await noteOtherSources(transaction, collection, plan, reporter)
    updated = await updateRows(transaction, collection, plan, change.columns, change.instead)
  }
  if (inserted + updated > 0) {
    await appendSteps(transaction)
    await countIncidents(
      transaction,
      transaction`
      select r.street_code, r.reported_at from import_row r join import_change c using (ordinal)
      union all
      select street_code, old_reported_at from import_change where change = 'changed'`,
    )
  }
  const touched: Applied['touched'] = inserted + updated > 0 ? ['incidents'] : []
  if ((await refreshReach(transaction, await stagedStreets(transaction))) || hasNewStreets) touched.push('areas')
  return { inserted, updated, unchanged, touched }
}

/** What the file may change in a case that is there, `r` being the staged row and `t` the case. */
type Change = { columns: string[]; instead: Instead; status: Fragment }

/**
 * A row without a place leaves a case where it is; one that says its community alone leaves it in its grid, if that is
 * one of the community's. A row without a status leaves a case where it stands, unless it says when one was closed that
 * is open or of unknown status; a new case is then open, and of unknown status where the file says nothing of how far
 * its cases have come. One with a status that is not understood leaves a case where it stands as well. One that opens a
 * case again takes the time of its closing away. A title that was made of the type and the address follows them.
 */
function changeOf(transaction: Transaction, columns: string[], given: ReadonlySet<string>): Change {
  const begun = given.has('status') || given.has('closedAt') ? initialStatus : unknownStatus
  const status = transaction`coalesce(case when t.number is null and r.closed_at is null then r.status else nullif(r.status, ${unknownStatus}) end, case
    when t.number is null then case when r.closed_at is null then ${begun} else ${closedStatus} end
    when r.closed_at is not null and (${isOpen(transaction, transaction`t.status`)} or t.status = ${unknownStatus})
      then ${closedStatus}
    else t.status end)`
  const before = titleOf(transaction, (column) => columnOf(transaction, 't', column))
  const after = titleOf(transaction, (column) => columnOf(transaction, columns.includes(column) ? 'r' : 't', column))
  // What was measured is not moved to where its address is; the areas that the row itself names it takes.
  const stays = transaction`(r.position is null or ${hasMeasured(transaction)})`
  const placed = (column: string) =>
    transaction`
      case when ${stays} then ${columnOf(transaction, 't', column)} else ${columnOf(transaction, 'r', column)} end`
  return {
    columns,
    status,
    instead: {
      position: placed('position'),
      position_source: placed('position_source'),
      position_certainty: placed('position_certainty'),
      source_crs: placed('source_crs'),
      source_x: placed('source_x'),
      source_y: placed('source_y'),
      community_code: transaction`
        case when ${hasMeasured(transaction)} then ${namedCommunity(transaction)}
          when r.position is null and r.community_code is null then t.community_code else r.community_code end`,
      grid_code: transaction`
        case when ${hasMeasured(transaction)} then ${namedGrid(transaction)}
          when r.position is null and r.grid_code is null
            and (r.community_code is null or starts_with(t.grid_code, r.community_code))
          then t.grid_code else r.grid_code end`,
      ...(given.has('buildingCode')
        ? {}
        : {
            building_code: transaction`
              case when ${stays} then t.building_code else coalesce(r.building_code, t.building_code) end`,
          }),
      status,
      ...(given.has('title')
        ? {}
        : { title: transaction`case when t.title = ${before} then ${after} else t.title end` }),
      closed_at: transaction`
        coalesce(r.closed_at,
          case when ${status} = t.status or ${isClosed(transaction, status)} then t.closed_at end)`,
    },
  }
}

/** The title of a case that was given none, as `incidents.ts` makes it, of columns by their names. */
function titleOf(transaction: Transaction, column: (name: string) => Fragment): Fragment {
  const labels = JSON.stringify(
    Object.fromEntries(Object.entries(incidentTypeLabels).map(([type, { zh }]) => [type, zh])),
  )
  return transaction`
    concat_ws('：', coalesce(${column('source_type')}, ${labels}::text::json ->> ${column('type')}),
      nullif(${column('address')}, ''))`
}

/** `import_change`: the staged rows that are new, or differ from what is stored, with the status before and after. */
async function findChanges(transaction: Transaction, { columns, instead, status }: Change): Promise<void> {
  await transaction`
    create temp table import_change on commit drop as
    select r.ordinal, r.street_code, r.number, case when t.number is null then 'new' else 'changed' end as change,
      t.status as old_status, ${status} as new_status, t.reported_at as old_reported_at, null::integer as last_step
    from import_row r left join incident t on t.street_code = r.street_code and t.number = r.number
    where t.number is null or ${differ(transaction, columns, instead)}`
}

/** Where the log of each changed case ends. */
async function findLastSteps(transaction: Transaction): Promise<void> {
  await transaction`
    create temp table import_last on commit drop as
    select f.street_code, f.number, max(f.sequence) as sequence
    from incident_step f join import_change c on c.street_code = f.street_code and c.number = f.number
    where c.change = 'changed' group by f.street_code, f.number`
  await transaction`
    update import_change c set last_step = l.sequence from import_last l
    where c.street_code = l.street_code and c.number = l.number`
}

/**
 * A new case gets the step that reported it and, when it is further along, the step to where it stands; one of unknown
 * status gets that alone; a changed one the step to its new status. Positions continue each street's log without a gap:
 * the head's row is locked first.
 */
async function appendSteps(transaction: Transaction): Promise<void> {
  const streets = await transaction<{ streetCode: string }[]>`
    select distinct street_code from import_change order by street_code`
  // A street at a time, because they may lie on different machines, and in one order, so that writers cannot deadlock.
  const locked = streets.map(
    ({ streetCode }) => transaction`
      insert into log_head (street_code) values (${streetCode})
      on conflict (street_code) do update set position = log_head.position`,
  )
  await Promise.all(locked)
  // A case that is closed or void was so at the time of closing that the file gives.
  const isOver = transaction`
    (${isClosed(transaction, transaction`c.new_status`)} or c.new_status = ${voidStatus})`
  await transaction`
    create temp table import_step on commit drop as
    select street_code, number, sequence, from_status, to_status, at, due_at,
      row_number() over (partition by street_code order by at, number, sequence) as place
    from (
      select c.street_code, c.number, 1 as sequence, null as from_status,
        case when c.new_status = ${unknownStatus} then c.new_status else ${initialStatus} end as to_status,
        r.reported_at as at, r.due_at
      from import_change c join import_row r using (ordinal) where c.change = 'new'
      union all
      select c.street_code, c.number, 2, ${initialStatus}::text, c.new_status,
        case when ${isOver} then coalesce(r.closed_at, r.reported_at) else r.reported_at end, null
      from import_change c join import_row r using (ordinal)
      where c.change = 'new' and c.new_status not in (${initialStatus}, ${unknownStatus})
      union all
      select c.street_code, c.number, c.last_step + 1, c.old_status, c.new_status,
        case when ${isOver} then coalesce(r.closed_at, now()) else now() end, r.due_at
      from import_change c join import_row r using (ordinal)
      where c.change = 'changed' and c.new_status <> c.old_status
    ) steps`
  // The foreign key looks up the case of each step. In a table that was empty before, of which the planner knows nothing
  // yet, it would take a bitmap scan, whose blocks PostgreSQL 18 has other processes read: ten times as slow.
  await transaction`set local enable_bitmapscan = off`
  await transaction`
    insert into incident_step (street_code, number, sequence, position, from_status, to_status, opinion, at, content)
    select s.street_code, s.number, s.sequence, h.position + s.place, s.from_status, s.to_status, '导入', s.at,
      case when s.due_at is null then '{}' else jsonb_build_object('dueAt', s.due_at) end
    from import_step s join log_head h using (street_code)
    order by s.street_code, s.place`
  await transaction`set local enable_bitmapscan = on`
  await transaction`
    update log_head h set position = h.position + s.steps
    from (select street_code, count(*) as steps from import_step group by street_code) s
    where s.street_code = h.street_code`
}
