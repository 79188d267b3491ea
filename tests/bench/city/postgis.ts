import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { TileAddress } from '@minqing/data/geo/mercator'
import { connect, type Database } from '../../../server/store/connect.ts'
import { requirePostgis } from '../../setup/requirements.ts'
import { startServerCluster } from '../../setup/server-cluster.ts'

/** PostGIS with the buildings, behind an HTTP server that adds nothing. */
export type PostgisTiles = {
  version: string
  once: (tile: TileAddress) => Promise<Buffer>
  stop: () => Promise<void>
}

/**
 * Prepares PostGIS as well as it can be: the same buildings in a table of their own, their shapes in the tiles' own
 * projection under GiST. Returns why it cannot be measured here, if so.
 */
export async function startPostgisTiles(
  city: Database,
  report: (line: string) => void,
): Promise<PostgisTiles | { missing: string }> {
  const found = await requirePostgis(report)
  if ('missing' in found) return found
  const { cluster, stop } = await startServerCluster(found.path)
  const database = connect({ url: cluster.url, poolSize: 1, statementTimeout: 0 })
  try {
    await database`create extension postgis`
    await database`
      create table building (code text, name text, height float8, floors integer, use text, built_year integer,
        geometry text)`
    const source = await city`
      copy (select code, name, height, floors, use, built_year, geometry from building) to stdout`.readable()
    await pipeline(source, await database`copy building from stdin`.writable())
    await database`alter table building add shape geometry(geometry, 3857)`
    await database`
      update building set shape = ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(geometry), 4326), 3857)`
    await database`alter table building drop column geometry`
    await database`create index building_shape on building using gist (shape)`
    await database`vacuum full analyze building`
    const [{ version }] = await database<[{ version: string }]>`select postgis_lib_version() as version`
    const server = spawn(process.execPath, [join(import.meta.dirname, 'postgis-server.ts'), cluster.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(server.stdout, 'data')) as [Buffer]
    const address = said.toString().trim()
    return {
      version,
      once: async ({ z, x, y }) => {
        const response = await fetch(`${address}/${z}/${x}/${y}`)
        if (response.status !== 200) throw new Error(await response.text())
        return Buffer.from(await response.arrayBuffer())
      },
      stop: async () => {
        server.kill()
        await once(server, 'exit')
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  } finally {
    await database.end()
  }
}
