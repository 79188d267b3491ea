import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const seen = new Set<string>()

/** Keeps each different statement that a test's connections send, for `tests/architecture/check-statements.ts`, where it is asked to. */
export function recordStatement(statement: string): void {
  const directory = process.env['MINQING_STATEMENTS']
  if (directory === undefined || seen.has(statement)) return
  seen.add(statement)
  mkdirSync(directory, { recursive: true })
  appendFileSync(join(directory, `${process.pid}.jsonl`), `${JSON.stringify(statement)}\n`)
}
