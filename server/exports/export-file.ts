import { createWriteStream } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ExportFormat, exportObjects } from '@minqing/data/domain/export'
import type { Actor } from '../access/actor.ts'
import { recordAs } from '../audit/append-audit.ts'
import { CellCache } from '../counts/cell-cache.ts'
import type { Database } from '../store/connect.ts'
import { openScope, readAs } from '../store/scope.ts'
import type { ExportRequest } from './export-table.ts'
import { type ExportSize, writeExport } from './write-export.ts'

/** What a program on the server's machine exports: everything that the filter selects. */
export type FileRequest = Omit<ExportRequest, 'source' | 'countsOnly' | 'by'> & { format: ExportFormat; path: string }

/**
 * Writes an export into a file, which is there when it is complete, or not at all, and records it: before, what is
 * exported, and at the end how much it was.
 *
 * @throws ProblemError for a filter that the collection cannot be selected by; an error of the operating system where
 * the file cannot be written
 */
export async function exportFile(database: Database, actor: Actor, request: FileRequest): Promise<ExportSize> {
  const { format, path, ...asked } = request
  const { collection, filter, datum, circulation } = asked
  const countsOnly = circulation === 'wide'
  const audited = { action: 'export', object: exportObjects[collection], area: filter.area } as const
  const details = { format, filter, crs: datum, circulation, countsOnly }
  const record = (result: 'done' | 'failed', size: object) =>
    recordAs(database, actor, audited, result, { ...details, ...size })
  await record('done', {})
  const size: ExportSize = { rows: 0, bytes: 0 }
  // Beside the file, so that it is moved and not copied.
  const folder = await mkdtemp(join(dirname(path), '.export-'))
  try {
    const partial = join(folder, 'export')
    const full = { ...asked, countsOnly, by: actor.name, source: { scope: openScope, cells: new CellCache() } }
    // Ten million rows take minutes.
    await readAs(
      database,
      openScope,
      (transaction) =>
        pipeline(Readable.from(writeExport(transaction, full, format, folder, size)), createWriteStream(partial)),
      Infinity,
    )
    await rename(partial, path)
  } catch (error) {
    await record('failed', size)
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await record('done', size)
  return size
}
