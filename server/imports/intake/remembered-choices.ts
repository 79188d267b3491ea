import type { ImportChoices, ImportCollection } from '@minqing/data/domain/import'
import type { Database } from '../../store/connect.ts'

/** What was chosen for the last file with the same columns, when its import stands. */
export async function rememberedChoices(
  database: Database,
  signature: string,
): Promise<{ file: string; at: string; format: string; choices: ImportChoices } | null> {
  const [found] = await database<Row[]>`
    select file, at, format, collection, choices from import_batch
    where signature = ${signature} and undone_at is null order by id desc limit 1`
  if (found === undefined) return null
  // Keys inside JSON are camelCased on the way out like columns; ours have one form only.
  return {
    file: found.file,
    at: found.at,
    format: found.format,
    choices: { ...found.choices, collection: found.collection },
  }
}

type Row = { file: string; at: string; format: string; collection: ImportCollection; choices: ImportChoices }
