/**
 * Holds every statement that the tests over a database made the application issue (requests, imports, undo, demo, counts,
 * commands) against the rules of distributed tables.
 * `check-statements.ts <directory>`: where `server/store/test-database.ts` kept them.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { largeTables, undistributableParts } from './distributable.ts'

/** Fewer were not recorded by the whole of the tests. */
const fewest = 400

const [directory = ''] = process.argv.slice(2)
const files = existsSync(directory) ? globSync(join(directory, '*.jsonl')) : []
const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
const statements = [...new Set(lines)].filter((line) => line !== '').map((line) => JSON.parse(line) as string)
const large = largeTables()
const onLarge = statements.filter((statement) =>
  [...large].some((table) => new RegExp(`\\b${table}\\b`).test(statement)),
)
const faults = onLarge.flatMap((statement) => {
  const parts = undistributableParts(statement, large)
  return parts.length === 0 ? [] : [`${parts.join('; ')}:\n    ${statement.replaceAll(/\s+/g, ' ').slice(0, 400)}`]
})
process.stdout.write(
  `${statements.length} statements, ${onLarge.length} on large tables, ${faults.length} cannot be distributed\n`,
)
for (const fault of faults) process.stdout.write(`${fault}\n`)
if (statements.length < fewest)
  process.stdout.write(`Too few were recorded: run the stages api-embedded or api-server as well\n`)
process.exitCode = faults.length > 0 || statements.length < fewest ? 1 : 0
