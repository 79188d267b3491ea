import { expect, test } from 'vitest'
import { moduleOrder } from './module-order.ts'
import { importEdges, isTest, readSources, type Edge } from './source.ts'

type Package = keyof typeof moduleOrder

function moduleOf(path: string): string {
  const [packageName = '', ...rest] = path.split('/')
  if (rest.length > 1) return rest[0]!
  return moduleOrder[packageName as Package].leaves.includes(rest[0]!) ? 'leaves' : 'root'
}

/** Each import, of types or values, that goes against the order, as `server/store → server/counts: a.ts imports b.ts`. */
function importsAgainstOrder(edges: Edge[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { from, to, inside } of edges) {
    const packageName = from.split('/', 1)[0] as Package
    if (!inside || !(packageName in moduleOrder) || isTest(from) || !to.startsWith(`${packageName}/`)) continue
    const [importer, imported] = [moduleOf(from), moduleOf(to)]
    if (importer === imported) continue
    const { order } = moduleOrder[packageName]
    const named = new Set(order.flat())
    const level = (name: string) => order.findIndex((line) => line.includes(named.has(name) ? name : '*'))
    if (level(imported) !== -1 && level(imported) < level(importer)) continue
    const name = `${packageName}/${importer} → ${packageName}/${imported}`
    found.set(name, [...(found.get(name) ?? []), `${from} imports ${to}`])
  }
  return found
}

test('modules import in the order of their package, types included', () => {
  const against = importsAgainstOrder(importEdges(readSources()))
  expect([...against].flatMap(([name, imports]) => imports.map((one) => `${name}: ${one}`))).toEqual([])
})

test('every module has its place in the order: it is named, or a resource with routes', () => {
  const paths = readSources(['{data,server,web}/*/**/*.{ts,tsx}']).map(({ path }) => path)
  const modules = new Set(paths.map((path) => path.split('/', 2).join('/')))
  const placed = Object.entries(moduleOrder).flatMap(([name, { order }]) => order.flat().map((one) => `${name}/${one}`))
  const resources = paths.filter((path) => /^server\/[^/]+\/routes\.ts$/.test(path)).map((path) => path.slice(0, -10))
  expect([...modules].filter((name) => !placed.includes(name) && !resources.includes(name))).toEqual([])
})

test('an import against the order is found, of a type as well', () => {
  const against = (path: string, text: string) => [...importsAgainstOrder(importEdges([{ path, text }])).keys()]
  expect(against('server/store/a.ts', `import type { C } from '../counts/c.ts'`)).toEqual([
    'server/store → server/counts',
  ])
  expect(against('server/areas/a.ts', `import { b } from '../buildings/b.ts'`)).toEqual([
    'server/areas → server/buildings',
  ])
  expect(against('web/ui/a.ts', `import { b } from '../nowhere/b.ts'`)).toEqual(['web/ui → web/nowhere'])
  expect(against('server/wall/a.ts', `import { b } from '../search/b.ts'`)).toEqual(['server/wall → server/search'])
  expect(against('server/summary/a.ts', `import { b } from '../search/b.ts'`)).toEqual([
    'server/summary → server/search',
  ])
  expect(against('server/store/a.ts', `import { main } from '../main.ts'`)).toEqual(['server/store → server/root'])
  expect(against('server/counts/a.ts', `import { b } from '../store/b.ts'\nimport { c } from '../log.ts'`)).toEqual([])
  expect(against('server/store/a.test.ts', `import { b } from '../counts/b.ts'`)).toEqual([])
})

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
