import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { isTest, lineOf, parse, readSources, type Source, walk } from './source.ts'

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
      const kinds = topLevel(source)
      const barrel = kinds.length > 0 && kinds.every((type) => type === 're-export')
      return [
        ...(kinds.includes('ExportDefaultDeclaration') ? [`${source.path}: a default export`] : []),
        ...(barrel ? [`${source.path}: a barrel`] : []),
      ]
    })
}

/** Kinds of the statements of a module. */
function topLevel(source: Source): string[] {
  return parse(source).program.body.map((statement) => {
    const again = statement.type === 'ExportAllDeclaration' || statement.type === 'ExportNamedDeclaration'
    return again && statement.source !== null ? 're-export' : statement.type
  })
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

/** A file holds a subject whole: fewer lines than this are usually part of one that stands elsewhere. */
const tiny = 20
/** As many as there were when the rule was made; the number only falls. */
const mostTiny = 45

function sizeFaults(sources: Source[], most = mostTiny): string[] {
  const sizes = sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .toSorted((a, b) => a.lines - b.lines)
  const at95 = sizes[Math.max(0, Math.ceil(sizes.length * 0.95) - 1)]?.lines ?? 0
  const small = sizes.filter(({ path, lines }) => lines <= tiny && !isTest(path))
  return [
    ...(at95 > 300 ? [`95 % of the files have up to ${at95} lines, more than 300`] : []),
    ...sizes.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path} has ${lines} lines, more than 400`),
    ...(small.length > most ? [`${small.length} files have ${tiny} lines or fewer, more than ${most}`] : []),
  ]
}

test('files are neither too long nor too small', () => {
  expect(sizeFaults(readSources())).toEqual([])
})

test('a long file, a long tail and too many small files are found', () => {
  const files = (...lengths: number[]) =>
    lengths.map((lines, index) => ({ path: `data/${index}.ts`, text: '\n'.repeat(lines) }))
  expect(sizeFaults(files(10, 10, 401), 2)).toEqual([
    '95 % of the files have up to 401 lines, more than 300',
    'data/2.ts has 401 lines, more than 400',
  ])
  expect(sizeFaults(files(20, 20, 20, 21), 2)).toEqual(['3 files have 20 lines or fewer, more than 2'])
})

type Part = { type: string; [field: string]: unknown }

/**
 * Look-ups of any text in an object: `constructor` and `__proto__` would find what the object inherits. Found are objects
 * of this file that are declared as `Record<string, …>` and never asked with `Object.hasOwn`, and `in` with anything but a
 * literal before it.
 */
function prototypeReads(source: Source): string[] {
  const tables = new Set<unknown>()
  walk(source, (node) => {
    if (node.type !== 'VariableDeclarator' && node.type !== 'PropertyDefinition') return
    const [key, value] = (
      node.type === 'VariableDeclarator' ? [node['id'], node['init']] : [node['key'], node['value']]
    ) as [Part, Part | null]
    const annotation = (node['typeAnnotation'] ?? key['typeAnnotation']) as Part | null | undefined
    if (value?.type === 'ObjectExpression' && isTextRecord(annotation?.['typeAnnotation'] as Part | undefined))
      tables.add(nameOf(key))
  })
  walk(source, ({ type, start, end, arguments: given }) => {
    const [asked] = (given ?? []) as Part[]
    const isOwn = type === 'CallExpression' && source.text.slice(start, Number(end)).startsWith('Object.hasOwn(')
    if (isOwn) tables.delete(nameOf(asked))
  })
  const found: string[] = []
  walk(source, (node) => {
    const { type, start, computed, operator } = node
    const [object, property, left] = [node['object'], node['property'], node['left']] as (Part | undefined)[]
    const owner = object?.type === 'MemberExpression' ? (object['property'] as Part) : object
    const isRead = type === 'MemberExpression' && computed === true && property?.type !== 'Literal'
    const isIn =
      type === 'BinaryExpression' && operator === 'in' && !/^(Literal|PrivateIdentifier)$/.test(left?.type ?? '')
    if ((isRead && tables.has(nameOf(owner))) || isIn) found.push(`${source.path}:${lineOf(source.text, start)}`)
  })
  return found
}

/** A private member is not a variable of its name. */
function nameOf(part: Part | undefined): string {
  return `${part?.type === 'PrivateIdentifier' ? '#' : ''}${String(part?.['name'])}`
}

/** `Record<string, …>`, also read-only. */
function isTextRecord(type: Part | undefined): boolean {
  if (type?.type !== 'TSTypeReference') return false
  const name = (type['typeName'] as Part)['name']
  const [first] = ((type['typeArguments'] as Part | null)?.['params'] ?? []) as Part[]
  return name === 'Readonly' ? isTextRecord(first) : name === 'Record' && first?.type === 'TSStringKeyword'
}

test('a text is looked up in a Map, or after Object.hasOwn', () => {
  const sources = readSources().filter(({ path }) => !isTest(path))
  expect(sources.flatMap(prototypeReads)).toEqual([])
})

test('a look-up through a prototype is found', () => {
  const read = (text: string) => prototypeReads({ path: 'a.ts', text })
  expect(read(`const names: Readonly<Record<string, number>> = { a: 1 }\nnames[given]`)).toEqual(['a.ts:2'])
  expect(
    read(`class A {\n  #names: Record<string, number> = {}\n  of = (name: string) => this.#names[name]\n}`),
  ).toEqual(['a.ts:3'])
  expect(read(`name in table`)).toEqual(['a.ts:1'])
  expect(read(`let b: Record<string, number> = {}\nObject.hasOwn(b, x) ? b[x] : 0`)).toEqual([])
  expect(read(`const b: Record<'x', number> = { x: 1 }\nb[x]`)).toEqual([])
  expect(read(`'kind' in shape`)).toEqual([])
})
