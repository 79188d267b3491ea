import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { lineOf, readSources, type Source, walk } from './source.ts'

const emptyWords = /(^|[-/])(utils?|helpers?|common|misc|managers?)([-./]|$)/
const kebabCase = /^(\.?[a-z0-9]+(-[a-z0-9]+)*)(\.[a-z0-9]+(-[a-z0-9]+)*)*$/

function badNames(paths: string[]): string[] {
  return [
    ...paths.filter((path) => emptyWords.test(path)).map((path) => `${path}: name the concept`),
    ...paths
      .filter((path) => basename(path) !== 'README.md' && !kebabCase.test(basename(path)))
      .map((path) => `${path}: not in kebab case`),
  ]
}

/** Doors that tools open by their default export, and the one package door that is a barrel. */
const doors = [/(^|\/)[\w-]+\.config\.ts$/, /^tests\/setup\/[\w-]+\.ts$/, /\.d\.ts$/]

function badDoors(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => !doors.some((door) => door.test(path)))
    .flatMap((source) => {
      const kinds: string[] = []
      walk(source, ({ type }) => kinds.push(type))
      const statements = new Set(topLevel(source))
      const barrel = statements.size > 0 && [...statements].every((type) => type === 're-export')
      return [
        ...(kinds.includes('ExportDefaultDeclaration') ? [`${source.path}: a default export`] : []),
        ...(barrel ? [`${source.path}: a barrel`] : []),
      ]
    })
}

function topLevel(source: Source): string[] {
  const types: string[] = []
  walk(source, (node) => {
    if (node.type !== 'Program' || !Array.isArray(node['body'])) return
    for (const statement of node['body']) {
      const again = /^Export(All|Named)Declaration$/.test(statement.type) && statement.source
      types.push(again ? 're-export' : statement.type)
    }
  })
  return types
}

test('files are named after their concept, in kebab case', () => {
  const everything = readSources(['{data,server,web,tests,docs}/**/*.{ts,tsx,css,sql,json,md}', '*.ts'])
  expect(badNames(everything.map(({ path }) => path))).toEqual([])
})

test('exports are named, and stand where they are defined', () => {
  expect(badDoors(readSources())).toEqual([])
})

test('bad names and doors are found', () => {
  expect(badNames(['data/geo/utils.ts', 'web/common/a.ts', 'web/map/MapView.tsx', 'data/domain/area-code.ts'])).toEqual(
    [
      'data/geo/utils.ts: name the concept',
      'web/common/a.ts: name the concept',
      'web/map/MapView.tsx: not in kebab case',
    ],
  )
  const door = (text: string) => badDoors([{ path: 'web/ui/button.ts', text }])
  expect(door('export default 1')).toEqual(['web/ui/button.ts: a default export'])
  expect(door(`export * from './a.ts'\nexport { b } from './b.ts'`)).toEqual(['web/ui/button.ts: a barrel'])
  expect(door('export const a = 1')).toEqual([])
})

function findAny(source: Source): string[] {
  const found: string[] = []
  walk(source, ({ type, start }) => {
    if (type === 'TSAnyKeyword') found.push(`${source.path}:${lineOf(source.text, start)}`)
  })
  return found
}

test('nothing is typed any', () => {
  expect(readSources().flatMap(findAny)).toEqual([])
})

test('an any is found where it hides', () => {
  const text = `const any = 1\nconst list: Array<Record<string, any>> = []\nexport const b = list as any`
  expect(findAny({ path: 'a.ts', text })).toEqual(['a.ts:2', 'a.ts:3'])
})

/** Long for a reason that splitting would not serve: a kernel, or a table of words. */
const mayBeLong = new Map<string, string>([])

function sizeFaults(sources: Source[]): string[] {
  const sizes = sources
    .filter(({ path }) => !mayBeLong.has(path))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .toSorted((a, b) => a.lines - b.lines)
  const at = (share: number) => sizes[Math.max(0, Math.ceil(sizes.length * share) - 1)]?.lines ?? 0
  return [
    ...(at(0.5) > 80 ? [`the median is ${at(0.5)} lines, more than 80`] : []),
    ...(at(0.95) > 300 ? [`95 % of the files have up to ${at(0.95)} lines, more than 300`] : []),
    ...sizes.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path} has ${lines} lines, more than 400`),
  ]
}

test('files are small', () => {
  expect(sizeFaults(readSources())).toEqual([])
})

test('a long file, a long median and a long tail are found', () => {
  const files = (...lengths: number[]) =>
    lengths.map((lines, index) => ({ path: `${index}.ts`, text: '\n'.repeat(lines) }))
  expect(sizeFaults(files(10, 10, 401))).toEqual([
    '95 % of the files have up to 401 lines, more than 300',
    '2.ts has 401 lines, more than 400',
  ])
  expect(sizeFaults(files(81, 81, 90))).toEqual(['the median is 81 lines, more than 80'])
})

test('no exception outlives its file', () => {
  const sizes = new Map(readSources().map(({ path, text }) => [path, text.split('\n').length]))
  expect([...mayBeLong.keys()].filter((path) => (sizes.get(path) ?? 0) <= 400)).toEqual([])
})
