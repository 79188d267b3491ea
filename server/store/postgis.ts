import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Transaction } from './connect.ts'
import { StoreError } from './database-problem.ts'

const views = new URL('postgis-views.sql', import.meta.url)

/** Names of the views that desktop GIS opens, all in the schema `gis`. */
export const gisViews = [
  'streets',
  'communities',
  'grids',
  'buildings',
  'building_points',
  'incidents',
  'facilities',
  'base_features',
] as const

const indexes = ['gis_area_shape', 'gis_building_shape', 'gis_incident_place', 'gis_facility_place']

/**
 * Adds the schema `gis`: views with geometry columns in CGCS2000 (EPSG:4490) over the same tables, and the indexes that
 * let a map window be searched. Who reads them sees the rows of their own scope (`postgis-views.sql`). A second call
 * replaces them.
 *
 * @returns PostGIS's version.
 * @throws StoreError where the server has no PostGIS, or we have no right to create it.
 */
export async function enablePostgis(transaction: Transaction): Promise<string> {
  const [available] = await transaction<{ version: string | null }[]>`
    select coalesce(installed_version, default_version) as version from pg_available_extensions where name = 'postgis'`
  if (available === undefined) {
    throw new StoreError(
      '这台数据库服务器没有安装 PostGIS，无法启用。民情地图本身不需要它；需要时请由管理员安装（Debian：apt-get install postgresql-15-postgis-3），或用 DATABASE_URL 换一台装有 PostGIS 的服务器（内置数据库不带 PostGIS）',
      'This database server has no PostGIS, so it cannot be enabled. Minqing Map does not need it; to have it, install it on the server (Debian: apt-get install postgresql-15-postgis-3) or name one that has it with DATABASE_URL (the embedded database does not)',
    )
  }
  try {
    await transaction`create extension if not exists postgis`
    await makeViews(transaction, await readDefinitions())
  } catch (error) {
    throw (error as { code?: string }).code === insufficientPrivilege ? notPermitted(error) : error
  }
  return available.version ?? ''
}

/**
 * Makes the views again where they have been enabled and are not those of this version: made by other definitions, or
 * dropped by a migration that changed what they select.
 */
export async function renewPostgisViews(transaction: Transaction): Promise<void> {
  const relations = [...gisViews.map((view) => `gis.${view}`), ...indexes.map((index) => `public.${index}`)]
  const [found] = await transaction<{ comment: string | null; complete: boolean }[]>`
    select obj_description(oid, 'pg_namespace') as comment,
      (select bool_and(to_regclass(name) is not null) from unnest(${relations}::text[]) name) as complete
    from pg_namespace where nspname = 'gis' and exists (select from pg_extension where extname = 'postgis')`
  if (found === undefined) return
  const definitions = await readDefinitions()
  if (!found.complete || found.comment !== definitions.digest) await makeViews(transaction, definitions)
}

type Definitions = { sql: string; digest: string }

async function readDefinitions(): Promise<Definitions> {
  const sql = await readFile(views, 'utf8')
  return { sql, digest: `views ${createHash('sha256').update(sql).digest('hex')}` }
}

/** The comment on the schema says which definitions the views were made by. */
async function makeViews(transaction: Transaction, { sql, digest }: Definitions): Promise<void> {
  await transaction.unsafe(sql)
  await transaction.unsafe(`comment on schema gis is '${digest}'`)
}

/** Removes the views and their indexes; the extension stays, because others may use it. */
export async function disablePostgis(transaction: Transaction): Promise<void> {
  await transaction`drop schema if exists gis cascade`
  await transaction`drop index if exists ${transaction(indexes)}`
}

const insufficientPrivilege = '42501'

function notPermitted(cause: unknown): StoreError {
  return new StoreError(
    '当前数据库用户无权创建 PostGIS 扩展。请由数据库管理员在此数据库中执行一次 create extension postgis，然后重试',
    'This database user may not create the extension. Have the administrator run “create extension postgis” once in this database, then try again',
    { cause },
  )
}
