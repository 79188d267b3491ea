import type { Database } from '../store/connect.ts'
import type { DocumentFiles } from './document-files.ts'

/** A document whose file is missing or is no longer what was stored. */
export type FileFault = { street: string; number: string; id: string; sha256: string }

/** Milliseconds for which a file may lie without a row: its document is being added. */
const youngest = 86_400_000

/** Every document of every street, with the digest of its file. */
async function readRows(database: Database): Promise<readonly FileFault[]> {
  return database<FileFault[]>`
    select street_code as street, number, id, sha256 from incident_document
    order by street_code, number, id`
}

/** Documents without their file, and the files that no document names. */
export async function checkFiles(
  database: Database,
  files: DocumentFiles,
): Promise<{ documents: number; faults: FileFault[]; unnamed: string[] }> {
  const rows = await readRows(database)
  const faults: FileFault[] = []
  for (const { street, number, id, sha256 } of rows)
    if ((await files.read(sha256)) === undefined) faults.push({ street, number, id, sha256 })
  const named = new Set(rows.map(({ sha256 }) => sha256))
  const unnamed = (await files.all()).map(({ sha256 }) => sha256).filter((sha256) => !named.has(sha256))
  return { documents: rows.length, faults, unnamed }
}

/**
 * Copies the files of all documents that the other folder does not have yet: the same for a backup and for a restoration.
 *
 * @returns documents whose file is in neither folder as it was stored
 */
export async function copyFiles(
  database: Database,
  from: DocumentFiles,
  to: DocumentFiles,
): Promise<{ documents: number; copied: number; faults: FileFault[] }> {
  const rows = await readRows(database)
  const faults: FileFault[] = []
  let copied = 0
  for (const { street, number, id, sha256 } of rows) {
    if ((await to.read(sha256)) !== undefined) continue
    const bytes = await from.read(sha256)
    if (bytes === undefined) faults.push({ street, number, id, sha256 })
    else {
      await to.put(bytes)
      copied++
    }
  }
  return { documents: rows.length, copied, faults }
}

/** Removes the files that no document names, as those of cases that were removed. Returns how many. */
export async function tidyFiles(database: Database, files: DocumentFiles, now: Date): Promise<number> {
  // Before the rows: a file of a document that is added meanwhile is young.
  const old = (await files.all()).filter(({ storedAt }) => now.getTime() - storedAt > youngest)
  const named = new Set((await readRows(database)).map(({ sha256 }) => sha256))
  const unnamed = old.filter(({ sha256 }) => !named.has(sha256))
  // Bytes that lay there already may have been added again since.
  const still = new Map((await files.all()).map(({ sha256, storedAt }) => [sha256, storedAt]))
  const removed = unnamed.filter(({ sha256, storedAt }) => still.get(sha256) === storedAt)
  for (const { sha256 } of removed) await files.remove(sha256)
  return removed.length
}
