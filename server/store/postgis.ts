import { readFile } from 'node:fs/promises'
import type { Database, Transaction } from './connect.ts'
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

/**
 * Adds the schema `gis`: views with geometry columns in CGCS2000 (EPSG:4490) over the same tables, and the indexes that
 * let a map window be searched. Who reads them sees the rows of their own scope (`postgis-views.sql`). All or nothing;
 * a second call replaces them.
 *
 * @returns PostGIS's version.
 * @throws StoreError where the server has no PostGIS, or we have no right to create it.
 */
export async function enablePostgis(database: Database): Promise<string> {
  const [available] = await database<{ version: string | null }[]>`
    select coalesce(installed_version, default_version) as version from pg_available_extensions where name = 'postgis'`
  if (available === undefined) {
    throw new StoreError(
      '这台数据库服务器没有安装 PostGIS，无法启用。民情地图本身不需要它；需要时请由管理员安装（Debian：apt-get install postgresql-15-postgis-3），或用 DATABASE_URL 换一台装有 PostGIS 的服务器（内置数据库不带 PostGIS）',
      'This database server has no PostGIS, so it cannot be enabled. Minqing Map does not need it; to have it, install it on the server (Debian: apt-get install postgresql-15-postgis-3) or name one that has it with DATABASE_URL (the embedded database does not)',
    )
  }
  const definitions = await readFile(views, 'utf8')
  try {
    await database.begin(async (transaction) => {
      await transaction`create extension if not exists postgis`
      await transaction.unsafe(definitions)
    })
  } catch (error) {
    throw (error as { code?: string }).code === insufficientPrivilege ? notPermitted(error) : error
  }
  return available.version ?? ''
}

/** Makes the views again where there are any: a migration may drop those that select what it changes. */
export async function renewPostgisViews(transaction: Transaction): Promise<void> {
  const found = await transaction`select from pg_namespace where nspname = 'gis'`
  if (found.length > 0) await transaction.unsafe(await readFile(views, 'utf8'))
}

/** Removes the views and their indexes; the extension stays, because others may use it. */
export async function disablePostgis(database: Database): Promise<void> {
  await database.begin(async (transaction) => {
    await transaction`drop schema if exists gis cascade`
    await transaction`drop index if exists gis_area_shape, gis_building_shape, gis_incident_place, gis_facility_place`
  })
}

const insufficientPrivilege = '42501'

function notPermitted(cause: unknown): StoreError {
  return new StoreError(
    '当前数据库用户无权创建 PostGIS 扩展。请由数据库管理员在此数据库中执行一次 create extension postgis，然后重试',
    'This database user may not create the extension. Have the administrator run “create extension postgis” once in this database, then try again',
    { cause },
  )
}
