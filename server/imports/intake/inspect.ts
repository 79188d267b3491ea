import type { ImportChoices, ImportPreview, Inspection } from '@minqing/data/domain/import'
import type { Database } from '../../store/connect.ts'
import { handOverAreas } from '../read/send-areas.ts'
import { FileReader, readerLimits } from '../read/file-reader.ts'
import type { FilePlace } from '../read/messages.ts'

/** A person waits for this. */
const limits = { ...readerLimits, computing: 60, silence: 20_000 }

/**
 * What is recognised in a file, as the choices stand.
 *
 * @throws FileProblem when it cannot be read so
 */
export async function inspect(
  database: Database,
  file: FilePlace,
  choices: ImportChoices,
): Promise<{ inspection: Inspection; preview: ImportPreview }> {
  const reader = new FileReader(file, limits)
  try {
    await reader.order({ kind: 'inspect', file, choices })
    await database.begin('read only', (transaction) =>
      handOverAreas(transaction, reader, choices.street?.split('=')[0] ?? null),
    )
    const said = await reader.next()
    if (said.kind !== 'inspected') throw new Error(`the reader said ${said.kind} when asked to inspect`)
    return { inspection: said.inspection, preview: said.preview }
  } finally {
    await reader.close()
  }
}
