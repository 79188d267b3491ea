import { spawn } from 'node:child_process'
import { createReadStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What a collection is read from, with a condition that may be added to, and how a row is named by the readers here. */
export const collectionTables = {
  streets: { from: `area where level = 'street'`, id: 'code', columns: ['code'] },
  communities: { from: `area where level = 'community'`, id: 'code', columns: ['code'] },
  grids: { from: `area where level = 'grid'`, id: 'code', columns: ['code'] },
  buildings: { from: 'building where true', id: 'code', columns: ['code'] },
  facilities: { from: 'facility where true', id: `street_code || ',' || id`, columns: ['streetCode', 'id'] },
  incidents: { from: 'incident where true', id: `street_code || ',' || number`, columns: ['streetCode', 'number'] },
} as const

type Reading = {
  api: string
  collection: keyof typeof collectionTables
  /** A folder for its files. */
  scratch: string
}

/** Names of the features that `ogr2ogr` reads: the columns, with commas between. */
export async function* readByGdal({ api, collection, scratch }: Reading): AsyncGenerator<string> {
  const file = join(scratch, `${collection}.csv`)
  rmSync(file, { force: true })
  const columns = collectionTables[collection].columns.join(',')
  const source = [`OAPIF:${api}`, collection, '-oo', 'PAGE_SIZE=10000']
  await run('ogr2ogr', ['-f', 'CSV', '-select', columns, file, ...source])
  let heading = true
  for await (const line of createInterface(createReadStream(file))) {
    if (!heading) yield line.replaceAll('"', '').trim()
    heading = false
  }
}

/** The same headless, through the provider that "Add WFS / OGC API - Features layer" uses. */
export async function* readByQgis({ api, collection, scratch }: Reading): AsyncGenerator<string> {
  const file = join(scratch, `${collection}.txt`)
  const program = `
import sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer("url='${api}' typename='${collection}' pageSize='10000'", '${collection}', 'OAPIF')
if not layer.isValid():
    sys.exit('QGIS refuses the layer: ' + layer.error().message())
with open('${file}', 'w') as out:
    for feature in layer.getFeatures():
        out.write(','.join(str(feature[name]) for name in ${JSON.stringify(collectionTables[collection].columns)}) + '\\n')
# Its threads end with the layer, which must not outlive the application.
del feature, layer
app.exitQgis()
`
  // Debian's own Python, which alone knows Debian's packages.
  await run('/usr/bin/python3', ['-c', program], { QT_QPA_PLATFORM: 'offscreen', XDG_RUNTIME_DIR: scratch })
  yield* createInterface(createReadStream(file))
}

/** The programs ask the server of this very machine: they must not be waited for synchronously. */
function run(program: string, args: string[], environment: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { timeout: 3 * 3_600_000, env: { ...process.env, ...environment } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code ?? signal}: ${said}`)),
    )
  })
}
