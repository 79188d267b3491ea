import { parseSync } from 'vite'
import type { Source } from './source.ts'

export type Import = { specifier: string; typeOnly: boolean }

type Node = { type: string; start: number; [field: string]: unknown }

/** What a module imports and re-exports, dynamic imports of a literal included. */
export function importsOf({ path, text }: Source): Import[] {
  const { module, errors } = parseSync(path, text)
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
  descend(parseSync(path, text).program, visit)
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
