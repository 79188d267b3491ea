import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { readSources, type Source } from './source.ts'
import { walk } from './syntax.ts'

const emptyWords = /(^|[-/])(utils?|helpers?|common|misc|managers?)([-./]|$)/
const kebabCase = /^(\.?[a-z0-9]+(-[a-z0-9]+)*)(\.[a-z0-9]+(-[a-z0-9]+)*)*$/

function badNames(paths: string[]): string[] {
  return [
    ...paths.filter((path) => emptyWords.test(path)).map((path) => `${path}: name the concept`),
    ...paths.filter((path) => !kebabCase.test(basename(path))).map((path) => `${path}: not in kebab case`),
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
