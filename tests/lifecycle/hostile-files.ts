import { FileProblem } from '@minqing/data/formats/file-problem'
import { FileReader } from '../../server/imports/read/file-reader.ts'
import type { Limits } from '../../server/processes/limited-process.ts'
import type { HostileFile } from './hostile-file.ts'
import { hostileGeodata } from './hostile-geodata.ts'
import { hostileSpreadsheets } from './hostile-spreadsheets.ts'
import { hostileTables } from './hostile-tables.ts'

/** Files made to do harm, or broken in ways that files break. */
export const hostileFiles: readonly HostileFile[] = [...hostileTables, ...hostileSpreadsheets, ...hostileGeodata]

/** What a reader said of a file, how much of it there was for whoever started it (frames without those of progress), and the most memory it took. */
export type Outcome = { said: string; frames: number; bytes: number; peak: number }

/** Reads a file as an import does; what the reader refuses it with counts as said, any other error is thrown. */
export async function readHostile(path: string, name: string, limits: Limits): Promise<Outcome> {
  const reader = new FileReader({ path, name }, limits)
  try {
    const read = await outcomeOf(reader, path, name).catch((error: unknown) => {
      // A fault of ours would be another error, a crash one with the child's last words.
      if (!(error instanceof FileProblem)) throw error
      return { said: error.label.zh, frames: 0, bytes: 0 }
    })
    return { ...read, peak: reader.peak }
  } finally {
    await reader.close()
  }
}

/** What a reader says of a file, until it has checked it. @throws FileProblem when it refuses the file */
export async function outcomeOf(reader: FileReader, path: string, name: string): Promise<Omit<Outcome, 'peak'>> {
  const request = { collection: /json$|kml$/.test(name) ? 'grids' : 'incidents', street: '420102012' } as const
  await reader.order({ kind: 'check', file: { path, name }, request })
  await reader.order({ kind: 'begin' })
  let bytes = 0
  for (let frames = 1; ;) {
    const frame = await reader.next()
    // Progress is reported every some time, however much of the file that is: more of it on a slow machine.
    if (frame.kind !== 'progress') frames++
    bytes += 'body' in frame ? frame.body.length : JSON.stringify(frame).length
    if (frame.kind === 'checked')
      return { said: `read ${frame.checked.read}, rejected ${frame.checked.rejected}`, frames, bytes }
  }
}
