import { openFile } from '../open-file.ts'
import type { FileChoices } from '../source-row.ts'
import { allRows, inMemory } from '../test-bytes.ts'

/** All that a reader makes of a workbook, for comparison as a whole. */
export async function readWhole(name: string, file: Uint8Array, choices: FileChoices = {}) {
  const source = await openFile(inMemory(name, file, 65_536), choices)
  const found = await allRows(source)
  return {
    columns: source.columns,
    cells: found.map(({ cells }) => cells),
    lines: found.map(({ line }) => line),
    notes: source.notes.map(({ zh }) => zh),
  }
}
