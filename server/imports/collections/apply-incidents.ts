import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import type { Label } from '@minqing/data/domain/label'
import { countIncidents } from '../../counts/count-incidents.ts'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import type { Applied, Tell } from './appliers.ts'
import type { ApplyPlan } from '../plan.ts'
import { reasons } from '../check/reasons.ts'
import { assigned, columnOf, differ, type Instead, type Sources, statedColumns } from '../apply/stated.ts'

const sources: Sources = {
  community_code: null,
  grid_code: null,
  building_code: ['buildingCode'],
  type: ['type'],
  source_type: ['type'],
  channel: ['channel'],
  urgency: ['urgency'],
  risk: ['risk'],
  status: null,
  title: null,
  text: ['text'],
  address: ['address'],
  involved_count: ['involvedCount'],
  position: null,
  source_crs: null,
  source_x: null,
  source_y: null,
  happened_at: ['happenedAt'],
  reported_at: ['reportedAt'],
  due_at: ['dueAt'],
  closed_at: null,
}

/** Merges the staged incidents into the table and writes the steps that the log needs. */
export async function applyIncidents(transaction: Transaction, plan: ApplyPlan, tell: Tell): Promise<Applied> {
  await tell.refuse(await refuseForeign(transaction))
  const change = changeOf(transaction, plan.stated)
  await sortOut(transaction, change)
  const [counts] = await transaction<{ added: number; changed: number; unchanged: number }[]>`
    select count(*) filter (where change = 'new') as added, count(*) filter (where change = 'changed') as changed,
      (select count(*) from import_row) - count(*) as unchanged
    from import_change`
  const { added = 0, changed = 0, unchanged = 0 } = counts ?? {}
  const inserted = added > 0 ? await insertNew(transaction, plan) : 0
  let updated = 0
  if (changed > 0) {
    await findLastSteps(transaction)
    await keepBefore(transaction, plan.batch)
    await tellOtherSources(transaction, plan, tell)
    updated = await updateChanged(transaction, change)
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
  return { inserted, updated, unchanged, touched: inserted + updated > 0 ? ['incidents'] : [] }
}

/** Cases that were made here or belong to the demo keep what they are. */
async function refuseForeign(transaction: Transaction): Promise<Map<number, Label>> {
  const rows = await transaction<{ ordinal: number }[]>`
    delete from import_row r using incident i
    where i.street_code = r.street_code and i.number = r.number and not starts_with(i.source, 'import:')
    returning r.ordinal`
  return new Map(rows.map(({ ordinal }) => [ordinal, reasons.belongsElsewhere]))
}

/** What the file may change in a case that is there, `r` being the staged row and `i` the case. */
type Change = { columns: string[]; instead: Instead; status: Fragment }

/**
 * A row without a place leaves a case where it is; one that says its community alone leaves it in its grid, if that is
 * one of the community's. A row without a status leaves a case where it stands, unless it says when an open one was
 * closed; one that opens a case again takes the time of its closing away. A title that was made of the type and the
 * address follows them.
 */
function changeOf(transaction: Transaction, stated: ReadonlySet<string>): Change {
  const status = transaction`coalesce(r.status, case
    when i.number is null then case when r.closed_at is null then '10' else '70' end
    when r.closed_at is not null and i.status < '70' and i.status <> '15' then '70'
    else i.status end)`
  const columns = statedColumns(sources, stated)
  const before = titleOf(transaction, (column) => columnOf(transaction, 'i', column))
  const after = titleOf(transaction, (column) => columnOf(transaction, columns.includes(column) ? 'r' : 'i', column))
  const placed = (column: string) =>
    transaction`
      case when r.position is null then ${columnOf(transaction, 'i', column)} else ${columnOf(transaction, 'r', column)} end`
  return {
    columns,
    status,
    instead: {
      position: placed('position'),
      source_crs: placed('source_crs'),
      source_x: placed('source_x'),
      source_y: placed('source_y'),
      community_code: transaction`
        case when r.position is null and r.community_code is null then i.community_code else r.community_code end`,
      grid_code: transaction`
        case when r.position is null and r.grid_code is null
            and (r.community_code is null or starts_with(i.grid_code, r.community_code))
          then i.grid_code else r.grid_code end`,
      status,
      ...(stated.has('title')
        ? {}
        : { title: transaction`case when i.title = ${before} then ${after} else i.title end` }),
      closed_at: transaction`
        coalesce(r.closed_at, case when ${status} = i.status or ${status} between '70' and '80' then i.closed_at end)`,
    },
  }
}

/** The title of a case that was given none, as `check-incident.ts` makes it, of columns told by their names. */
function titleOf(transaction: Transaction, column: (name: string) => Fragment): Fragment {
  const labels = JSON.stringify(
    Object.fromEntries(Object.entries(incidentTypeLabels).map(([type, { zh }]) => [type, zh])),
  )
  return transaction`
    concat_ws('：', coalesce(${column('source_type')}, ${labels}::text::json ->> ${column('type')}),
      nullif(${column('address')}, ''))`
}

/** `import_change`: the staged rows that are new, or differ from what is stored, with the status before and after. */
async function sortOut(transaction: Transaction, { columns, instead, status }: Change): Promise<void> {
  await transaction`
    create temp table import_change on commit drop as
    select r.ordinal, r.street_code, r.number, case when i.number is null then 'new' else 'changed' end as change,
      i.status as old_status, ${status} as new_status, i.reported_at as old_reported_at, null::integer as last_step
    from import_row r left join incident i on i.street_code = r.street_code and i.number = r.number
    where i.number is null or ${differ(transaction, columns, 'r', 'i', instead)}`
}

async function insertNew(transaction: Transaction, { source, batch }: ApplyPlan): Promise<number> {
  const { count } = await transaction`
    insert into incident (street_code, number, community_code, grid_code, building_code, type, source_type, channel,
      urgency, risk, status, title, text, address, involved_count, position, source_crs, source_x, source_y,
      happened_at, reported_at, due_at, closed_at, source, import_batch)
    select r.street_code, r.number, r.community_code, r.grid_code, r.building_code, r.type, r.source_type, r.channel,
      r.urgency, r.risk, c.new_status, r.title, r.text, r.address, r.involved_count, r.position, r.source_crs, r.source_x,
      r.source_y, r.happened_at, r.reported_at, r.due_at, r.closed_at, ${source}, ${batch}
    from import_row r join import_change c using (ordinal) where c.change = 'new'`
  return count
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

async function keepBefore(transaction: Transaction, batch: number): Promise<void> {
  await transaction`
    insert into import_before (street_code, batch, collection, key, area_code, before, version, steps)
    select i.street_code, ${batch}, 'incident', i.number, coalesce(i.grid_code, i.community_code, i.street_code),
      to_jsonb(i), i.version + 1, c.last_step
    from import_change c join incident i using (street_code, number) where c.change = 'changed'`
}

/** Numbers as short as 1, 2 and 3 are those of any list: who meant another case has to know. */
async function tellOtherSources(transaction: Transaction, { source }: ApplyPlan, tell: Tell): Promise<void> {
  const others = await transaction<{ source: string; cases: number }[]>`
    select i.source, count(*) as cases from import_change c join incident i using (street_code, number)
    where c.change = 'changed' and i.source <> ${source} group by i.source order by count(*) desc, i.source limit 5`
  for (const other of others) tell.note(reasons.ofAnotherSource(other.source), other.cases)
}

async function updateChanged(transaction: Transaction, { columns, instead }: Change): Promise<number> {
  const { count } = await transaction`
    update incident i
    set ${assigned(transaction, columns, 'r', instead)}, version = i.version + 1, updated_at = now()
    from import_row r join import_change c using (ordinal)
    where c.change = 'changed' and i.street_code = r.street_code and i.number = r.number`
  return count
}

/**
 * A new case gets the step that reported it and, when it is further along, the step to where it stands; a changed one
 * the step to its new status. Positions continue each street's log without a gap: the head's row is locked first.
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
  await transaction`
    create temp table import_step on commit drop as
    select street_code, number, sequence, from_status, to_status, at,
      row_number() over (partition by street_code order by at, number, sequence) as place
    from (
      select c.street_code, c.number, 1 as sequence, null as from_status, '10' as to_status, r.reported_at as at
      from import_change c join import_row r using (ordinal) where c.change = 'new'
      union all
      select c.street_code, c.number, 2, '10', c.new_status,
        case when c.new_status >= '70' then coalesce(r.closed_at, r.reported_at) else r.reported_at end
      from import_change c join import_row r using (ordinal) where c.change = 'new' and c.new_status <> '10'
      union all
      select c.street_code, c.number, c.last_step + 1, c.old_status, c.new_status,
        case when c.new_status >= '70' then coalesce(r.closed_at, now()) else now() end
      from import_change c join import_row r using (ordinal)
      where c.change = 'changed' and c.new_status <> c.old_status
    ) steps`
  await transaction`
    insert into incident_step (street_code, number, sequence, position, from_status, to_status, opinion, at)
    select s.street_code, s.number, s.sequence, h.position + s.place, s.from_status, s.to_status, '导入', s.at
    from import_step s join log_head h using (street_code)
    order by s.street_code, s.place`
  await transaction`
    update log_head h set position = h.position + s.steps
    from (select street_code, count(*) as steps from import_step group by street_code) s
    where s.street_code = h.street_code`
}
