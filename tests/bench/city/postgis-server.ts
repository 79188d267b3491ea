/**
 * The least that a server of PostGIS tiles does: asks `ST_AsMVT` for the tile and sends what comes.
 * `postgis-server.ts <database>`; prints its address.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres from 'postgres'

const [url = ''] = process.argv.slice(2)
const database = postgres(url, { max: 10 })

/** Of a tile: the buildings of a pixel (512 a side) or more, as ours has them. */
async function tileOf(z: number, x: number, y: number): Promise<Buffer> {
  const [row] = await database<[{ tile: Buffer }]>`
    with ground as (select ST_TileEnvelope(${z}, ${x}, ${y}) as tile)
    select ST_AsMVT(found, 'buildings', 4096, 'shape') as tile
    from (
      select ST_AsMVTGeom(b.shape, ground.tile, 4096, 64, true) as shape, code, name, height, floors, use,
        built_year as "builtYear"
      from building b, ground
      where b.shape && ST_TileEnvelope(${z}, ${x}, ${y}, margin => 64.0 / 4096)
        and greatest(ST_XMax(b.shape) - ST_XMin(b.shape), ST_YMax(b.shape) - ST_YMin(b.shape))
          >= (ST_XMax(ground.tile) - ST_XMin(ground.tile)) / 512
    ) found
    where shape is not null`
  return row.tile
}

const server = createServer((request, response) => {
  const [z = 0, x = 0, y = 0] = (request.url ?? '').slice(1).split('/').map(Number)
  const type = 'application/vnd.mapbox-vector-tile'
  tileOf(z, x, y).then(
    (tile) => response.writeHead(200, { 'content-type': type, 'content-length': tile.length }).end(tile),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
