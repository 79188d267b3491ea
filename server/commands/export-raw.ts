import { writeCollection, type CollectionFormat } from '../exports/write-collection.ts'
import { recordAs } from '../audit/append-audit.ts'
import { commandActor } from '../access/actor.ts'
import { parseItemsQuery } from '../features/items-query.ts'
import { findSource } from '../features/feature-source.ts'
import type { Transaction } from '../store/connect.ts'
import { openScope, readAs } from '../store/scope.ts'
import { collections } from '../resources/registry.ts'
import { type CommandContext, type ExitCode, UsageError } from './command.ts'

/**
 * Writes a whole collection under the names of its fields, in CGCS2000, as it can be imported again.
 *
 * @throws ProblemError for an unknown collection or a filter that cannot be understood
 */
export async function exportRaw(
  context: CommandContext,
  collection: string,
  file: string | undefined,
  { bbox, datetime }: { bbox?: string | undefined; datetime?: string | undefined },
): Promise<ExitCode> {
  if (file === undefined) throw new UsageError('--raw 需要一个文件 · --raw needs a file')
  const format = formatOf(file)
  const source = findSource(collections, collection)
  const given = Object.entries({ bbox, datetime }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const query = parseItemsQuery(source, new URLSearchParams(given))
  const path = context.path(file)
  const database = await context.database()
  const write = (transaction: Transaction) => writeCollection(transaction, source, query, { path, format })
  const record = (size: object) =>
    recordAs(database, commandActor(), { action: 'export', object: source.object }, 'done', {
      format,
      raw: true,
      ...size,
    })
  await record({})
  // Ten million rows take minutes.
  const rows = await readAs(database, openScope, write, Infinity)
  await record({ rows })
  context.out(`${collection} → ${file}：${rows} 个要素 · features`)
  return 0
}

function formatOf(file: string): CollectionFormat {
  if (/\.(geo)?json$/i.test(file)) return 'geojson'
  if (/\.csv$/i.test(file)) return 'csv'
  throw new UsageError(`“${file}”：文件名应以 .geojson 或 .csv 结尾 · the name should end in .geojson or .csv`)
}
