import { createHash } from 'node:crypto'
import { type AccessObject, fieldAccess, type GuardedField, type GuardedObject, may } from '@minqing/data/domain/access'
import type { RoleName } from '@minqing/data/domain/role'
import type { Transaction } from '../store/connect.ts'
import { type NarrowRole, narrowRoles } from '../store/scope.ts'

/** As which role of the policy each of them reads; others that read so may see no more and no less. */
const standsFor: Record<NarrowRole, RoleName> = {
  department: 'department',
  procedure: 'supervisor',
  analyst: 'analyst',
  office: 'administrator',
}

type Table = {
  /** As what the policy knows its rows; without one, everybody's. */
  object?: AccessObject
  /** The columns that the policy guards, by the object and field that they belong to. */
  guarded?: Readonly<Record<string, { [O in GuardedObject]: readonly [O, GuardedField<O>] }[GuardedObject]>>
  /** What is read where guarded columns are hidden, if not the table itself. */
  instead?: string
}

/** Every table that requests read under row-level security, or that everybody reads. */
const tables: Readonly<Record<string, Table>> = {
  area: { object: 'area' },
  area_with_contacts: {
    object: 'area',
    guarded: {
      leader: ['contact', 'name'],
      leader_phone: ['contact', 'phone'],
      worker: ['contact', 'name'],
      worker_phone: ['contact', 'phone'],
    },
    instead: 'area',
  },
  staff: { object: 'contact' },
  building: { object: 'building' },
  facility: { object: 'facility', guarded: { phone: ['facility', 'phone'] } },
  incident: {
    object: 'incident',
    guarded: { title: ['incident', 'title'], text: ['incident', 'text'], address: ['incident', 'address'] },
  },
  incident_step: {
    object: 'incident',
    guarded: { opinion: ['incident', 'opinion'], content: ['incident', 'opinion'] },
  },
  incident_party: {
    object: 'incident',
    guarded: { name: ['incident', 'partyName'], phone: ['incident', 'partyPhone'] },
  },
  incident_task: { object: 'incident' },
  analysis: { object: 'analysis' },
  incident_month: { object: 'incident' },
  incident_total: { object: 'incident' },
  overdue_horizon: { object: 'incident' },
  log_head: { object: 'incident' },
  household: { object: 'resident' },
  resident: { object: 'resident' },
  base_feature: { object: 'map' },
  print_template: { object: 'print_template' },
  clock_settings: { object: 'clock' },
  collection_version: {},
  demo_state: {},
}

type Column = { name: string; type: string; isRequired: boolean }

/**
 * Grants each narrow role what the role of the policy that it stands for may read, column by column. What it may not read
 * has a view of the same name and columns in a schema of its own, which its transactions search first: a hidden column is
 * empty there, a table that may not be read has no rows. So every statement works for every role, and none can be
 * written that shows more: the rights on the tables themselves end at the columns.
 *
 * To be called after the migrations; nothing is done where neither tables nor policy have changed since. A migration can
 * change no table while views read it (`dropNarrowViews`).
 */
export async function renewNarrowReaders(transaction: Transaction): Promise<void> {
  const columns = await readColumns(transaction)
  const statements = narrowRoles.flatMap((role) => [
    `create schema if not exists ${schemaOf(role)}`,
    `grant usage on schema ${schemaOf(role)} to ${schemaOf(role)}`,
    ...Object.entries(tables).flatMap(([name, table]) => statementsFor(role, name, table, columns.get(name) ?? [])),
  ])
  const digest = createHash('sha256').update(statements.join(';')).digest('hex')
  const [made] = await transaction<{ comment: string | null }[]>`
    select obj_description(oid, 'pg_namespace') as comment from pg_namespace where nspname = ${schemaOf(narrowRoles[0])}`
  if (made?.comment === digest) return
  await dropNarrowViews(transaction)
  await transaction.unsafe([...statements, `comment on schema ${schemaOf(narrowRoles[0])} is '${digest}'`].join(';\n'))
}

/** Before migrations change what the views read. */
export async function dropNarrowViews(transaction: Transaction): Promise<void> {
  for (const role of narrowRoles) await transaction.unsafe(`drop schema if exists ${schemaOf(role)} cascade`)
}

/** The schema is named as the role itself. */
function schemaOf(role: NarrowRole): string {
  return `minqing_${role}`
}

function statementsFor(role: NarrowRole, name: string, table: Table, columns: readonly Column[]): string[] {
  const own = standsFor[role]
  const view = `${schemaOf(role)}.${name}`
  const create = `create view ${view} with (security_invoker = true) as select`
  const isReadable = table.object === undefined || may(own, 'read', table.object)
  const hidden = (column: string) => {
    const guard = table.guarded?.[column]
    return guard !== undefined && fieldAccess(own, ...(guard as ['incident', 'title'])) !== 'clear'
  }
  if (!isReadable)
    return [
      `revoke all on ${name} from ${schemaOf(role)}`,
      `${create} ${columns.map(nothing).join(', ')} where false`,
      `grant select on ${view} to ${schemaOf(role)}`,
    ]
  const visible = columns.filter((column) => !hidden(column.name))
  if (visible.length === columns.length)
    return [`revoke all on ${name} from ${schemaOf(role)}`, `grant select on ${name} to ${schemaOf(role)}`]
  const shown = columns.map((column) => (hidden(column.name) ? nothing(column) : `"${column.name}"`))
  return [
    `revoke all on ${name} from ${schemaOf(role)}`,
    ...(table.instead === undefined
      ? [`grant select (${visible.map((column) => `"${column.name}"`).join(', ')}) on ${name} to ${schemaOf(role)}`]
      : []),
    `${create} ${shown.join(', ')} from public.${table.instead ?? name}`,
    `grant select on ${view} to ${schemaOf(role)}`,
  ]
}

/** A column without a value, of the same type: plans are made for types. */
function nothing({ name, type, isRequired }: Column): string {
  return `${isRequired && type === 'text' ? `''::text` : `null::${type}`} as "${name}"`
}

async function readColumns(transaction: Transaction): Promise<Map<string, Column[]>> {
  const rows = await transaction<(Column & { relation: string })[]>`
    select c.relname as relation, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull as is_required
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relname = any(${Object.keys(tables)}::text[])
      and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`
  const found = new Map<string, Column[]>()
  for (const { relation, ...column } of rows) found.set(relation, [...(found.get(relation) ?? []), column])
  return found
}
