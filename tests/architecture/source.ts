import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'

/** A source file of the repository; `path` from the root with forward slashes. */
export type Source = { path: string; text: string }

export const root = join(import.meta.dirname, '../..')

const notOurs = /(^|\/)(node_modules|dist|coverage|results|\.minqing[^/]*)(\/|$)/

/** Every file of the four packages and of the root that matches the patterns. */
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

/** Tests, and beside them the files `test-….ts` that only tests use. */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$|(^|\/)test-[\w-]+\.tsx?$/.test(path) || path.startsWith('tests/')

export type Import = { specifier: string; typeOnly: boolean }

type Node = { type: string; start: number; [field: string]: unknown }

const parsed = new Map<string, ReturnType<typeof parseSync>>()

/** Parses each text once. */
export function parse({ path, text }: Source): ReturnType<typeof parseSync> {
  const known = parsed.get(`${path}\n${text}`)
  if (known !== undefined) return known
  const result = parseSync(path, text)
  parsed.set(`${path}\n${text}`, result)
  return result
}

/** What a module imports and re-exports, dynamic imports of a literal included. */
export function importsOf({ path, text }: Source): Import[] {
  const { module, errors } = parse({ path, text })
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const imported = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }))
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
    ),
  )
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const literal = /^(['"`])([^$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
    return literal?.[2] === undefined ? [] : [{ specifier: literal[2], typeOnly: false }]
  })
  return [...imported, ...exported, ...dynamic]
}

/** Visits every node of a module's syntax tree. */
export function walk({ path, text }: Source, visit: (node: Node) => void): void {
  descend(parse({ path, text }).program, visit)
}

function descend(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) descend(item, visit)
  if (!isNode(value)) return
  visit(value)
  for (const field of Object.values(value)) if (typeof field === 'object') descend(field, visit)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

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

/** Comments of a module with the line where each begins. */
export function commentsOf({ path, text }: Source): { text: string; line: number }[] {
  return parse({ path, text }).comments.map(({ value, start }) => ({ text: value, line: lineOf(text, start) }))
}
