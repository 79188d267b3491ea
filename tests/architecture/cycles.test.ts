import { expect, test } from 'vitest'
import { importEdges, type Edge } from './import-graph.ts'
import { readSources } from './source.ts'

/** Modules that import themselves by way of others; types do not count, they are gone when it runs. */
function findCycles(edges: Edge[]): string[] {
  const importedBy = Map.groupBy(
    edges.filter(({ inside, typeOnly }) => inside && !typeOnly),
    ({ from }) => from,
  )
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: string[]) => {
    const start = trail.indexOf(path)
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const { to } of importedBy.get(path) ?? []) visit(to, [...trail, path])
    done.add(path)
  }
  for (const path of importedBy.keys()) visit(path, [])
  return cycles
}

test('no module imports itself by way of others', () => {
  expect(findCycles(importEdges(readSources()))).toEqual([])
})

test('a cycle of three is found, one of types is not', () => {
  const cycle = (importWord: string) => [
    { path: 'data/a.ts', text: `import { b } from './b.ts'` },
    { path: 'data/b.ts', text: `import { c } from './c.ts'` },
    { path: 'data/c.ts', text: `${importWord} { a } from './a.ts'` },
  ]
  expect(findCycles(importEdges(cycle('import')))).toEqual(['data/a.ts → data/b.ts → data/c.ts → data/a.ts'])
  expect(findCycles(importEdges(cycle('import type')))).toEqual([])
})
