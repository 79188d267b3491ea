import { posix } from 'node:path'
import type { Source } from './source.ts'
import { importsOf } from './syntax.ts'

export type Edge = {
  from: string
  /** A path of the repository, or a package's name. */
  to: string
  typeOnly: boolean
  inside: boolean
}

/** Who imports whom; workspace packages become the paths they stand for. */
export function importEdges(sources: Source[]): Edge[] {
  return sources.flatMap((source) =>
    importsOf(source).map(({ specifier, typeOnly }) => ({
      from: source.path,
      typeOnly,
      ...resolve(source.path, specifier),
    })),
  )
}

function resolve(from: string, specifier: string): { to: string; inside: boolean } {
  const bare = specifier.replace(/\?.*$/, '')
  if (bare.startsWith('.')) return { to: posix.join(posix.dirname(from), bare), inside: true }
  const ours = /^@minqing\/(\w+)\/(.+)$/.exec(bare)
  if (ours) return { to: `${ours[1]}/${ours[2] === 'tables' ? 'tables/index' : ours[2]}.ts`, inside: true }
  const name = bare.startsWith('node:')
    ? bare
    : bare
        .split('/')
        .slice(0, bare.startsWith('@') ? 2 : 1)
        .join('/')
  return { to: name, inside: false }
}
