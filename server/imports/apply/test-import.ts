import { mkdtempSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Bytes } from '@minqing/data/formats/source-row'
import { sharedTestFolder } from '@minqing/data/test-data'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { actorAs } from '../../access/actor.ts'
import type { Database } from '../../store/connect.ts'
import { importFile, type ImportOptions } from './import-file.ts'
import type { ImportRequest } from '../plan.ts'
import { RejectFile } from './reject-file.ts'
import type { ImportReport } from '@minqing/data/domain/import'

/** Who imports and undoes in these tests. */
export const tester = actorAs({ kind: 'command', id: 'test', name: 'test' }, 'administrator', ['all'])

const folders = sharedTestFolder('import')

/** Two grids side by side in Wuhan. */
const twoGrids = inMemory(
  '网格.csv',
  `网格编码,名称,wkt
420102012001001,一网格,"POLYGON ((114.30 30.60, 114.31 30.60, 114.31 30.61, 114.30 30.61, 114.30 30.60))"
420102012001002,二网格,"POLYGON ((114.31 30.60, 114.32 30.60, 114.32 30.61, 114.31 30.61, 114.31 30.60))"
`,
)

/** Imports as the command does, with the rejected rows in a folder of their own. */
export async function runImport(
  database: Database,
  request: ImportRequest & { file: string | Bytes },
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  const { file, ...rest } = request
  const folder = mkdtempSync(join(folders, '_'))
  const place = typeof file === 'string' ? { path: file, name: basename(file) } : await onDisk(folder, file)
  return importFile(database, place, rest, {
    rejects: new RejectFile(join(folder, 'rejects')),
    drawTo: join(folder, 'drawn'),
    actor: tester,
    ...options,
  })
}

/**
 * Leaves nothing in the database but two grids of a street in Wuhan and what they lie in. They are imported once for each
 * database and copied back later: an import starts a process.
 */
export async function beginWithTwoGrids(database: Database): Promise<void> {
  await database`
    truncate area, building, incident, incident_step, log_head, incident_month, incident_total, overdue_horizon cascade`
  const [saved] = await database<{ table: string | null }[]>`select to_regclass('two_grids')::text as table`
  if (saved?.table != null) {
    await database`insert into area select * from two_grids`
    return
  }
  await runImport(database, { collection: 'grids', file: twoGrids })
  await database`create table two_grids as table area`
}

async function onDisk(folder: string, { name, open }: Bytes) {
  const path = join(folder, name)
  const chunks: Uint8Array[] = []
  for await (const chunk of open()) chunks.push(chunk)
  writeFileSync(path, Buffer.concat(chunks))
  return { path, name }
}

/** Everything an import may write, so that “nothing changed” can be said in one comparison. */
export async function contents(database: Database): Promise<unknown> {
  const [row] = await database`
    select (select json_agg(a) from (select * from area order by code) a) as areas,
      (select json_agg(s) from (select * from staff order by street_code, id) s) as staff,
      (select json_agg(b) from (select * from building order by code) b) as buildings,
      (select json_agg(i) from (select * from incident order by street_code, number) i) as incidents,
      (select json_agg(f) from (select * from incident_step order by street_code, position) f) as steps,
      (select json_agg(h) from (select * from log_head order by street_code) h) as heads,
      (select json_agg(f) from (select * from facility order by street_code, id) f) as facilities,
      (select json_agg(v) from (select * from collection_version order by collection) v) as versions`
  return row
}
