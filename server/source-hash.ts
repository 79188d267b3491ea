import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './config.ts'

/** What is no input of any build. */
const excluded = ['**/node_modules/**', '**/dist*/**', '**/*.test.*']

/**
 * SHA-256, in hexadecimal, of the names and contents of the files of this repository that match `patterns`: what is built
 * from them is current as long as it stays the same.
 */
export function hashSources(patterns: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of globSync(patterns, { cwd: repositoryRoot, exclude: excluded }).toSorted()) {
    const content = contentOf(join(repositoryRoot, path))
    if (content !== undefined) hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Undefined for a folder. */
function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as { code?: string }).code === 'EISDIR') return undefined
    throw error
  }
}
