import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A source file of the repository; `path` from the root with forward slashes. */
export type Source = { path: string; text: string }

export const root = join(import.meta.dirname, '../..')

const notOurs = /(^|\/)(node_modules|dist|coverage|results|\.minqing[^/]*)(\/|$)/

/** Every file of the four rooms, and the root's own, that the patterns name. */
export function readSources(
  patterns: string[] = ['{data,server,web,tests}/**/*.{ts,tsx}', '*.ts'],
  excluded: RegExp = notOurs,
): Source[] {
  return globSync(patterns, { cwd: root, exclude: (path) => excluded.test(path) })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !excluded.test(path))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('tests/')
