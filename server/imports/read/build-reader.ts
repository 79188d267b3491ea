import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '../../config.ts'
import { hashSources } from '../../source-hash.ts'

/** A program that reads files: its first module, and the files and folders that it is made of. */
export type ReaderProgram = { entry: string; files: readonly string[] }

/** As it stands in the sources: starting it takes three times as long, and 55 MB more memory, than what is built of it. */
export const sourceReader: ReaderProgram = {
  entry: join(import.meta.dirname, 'reader-main.ts'),
  files: ['data', 'server', 'node_modules'].map((folder) => join(repositoryRoot, folder)),
}

const builtPath = join(repositoryRoot, 'server/dist/reader.mjs')
const inputs = ['data/**/*.ts', 'server/**/*.ts', 'pnpm-lock.yaml']

function firstLine(): string {
  return `// ${hashSources(inputs)}\n`
}

/**
 * Builds the reader as one file, unless that was built from the present sources.
 *
 * @returns whether it built.
 * @throws Error with the bundler's report
 */
export async function buildReader(output = builtPath): Promise<boolean> {
  const line = firstLine()
  if (isBuiltFrom(line, output)) return false
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({ input: sourceReader.entry, platform: 'node' })
  // Two that build at once build the same; either may come last.
  const fresh = `${output}-${process.pid}`
  try {
    mkdirSync(dirname(output), { recursive: true })
    await bundle.write({ file: fresh, format: 'esm', codeSplitting: false, banner: line.trimEnd() })
    renameSync(fresh, output)
  } finally {
    await bundle.close()
    rmSync(fresh, { force: true })
  }
  return true
}

/** What is built, where it is current; else the sources. */
export function currentReader(output = builtPath): ReaderProgram {
  return isBuiltFrom(firstLine(), output) ? { entry: output, files: [output] } : sourceReader
}

function isBuiltFrom(line: string, path: string): boolean {
  const start = Buffer.alloc(line.length)
  try {
    const file = openSync(path, 'r')
    try {
      readSync(file, start, 0, start.length, 0)
    } finally {
      closeSync(file)
    }
  } catch {
    // Not built yet.
    return false
  }
  return start.toString() === line
}
