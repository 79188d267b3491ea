import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { commentsOf, lineOf, readSources, type Source, walk } from './source.ts'

/** Words of an earlier vocabulary and what stands for them now (docs/glossary.md), as part of a name. */
const retiredNames: Record<string, string> = {
  room: 'module',
  desk: 'service',
  told: 'reported',
  tell: 'report',
  tells: 'reports',
  stated: 'given',
  kept: 'cached',
  keeper: 'supervisor',
  patience: 'timeout',
  lattice: 'raster',
  whereabouts: 'location',
  book: 'index',
  moment: 'now, instant or local time',
  remark: 'note',
  anew: 'again',
}

/** The same in comments and documents, where some of the words have their plain meaning. */
const retiredInText: Record<string, string> = {
  '(?:each|every|its|one|the|imperative|four) rooms?': 'module',
  'desks?': 'service',
  'told(?! apart)': 'reported',
  'tells(?! \\S* ?apart)': 'reports',
  stated: 'given',
  keeper: 'supervisor',
  patience: 'timeout',
  lattice: 'raster',
  whereabouts: 'location',
  'remarks?': 'note',
  anew: 'again',
  'taken? back': 'undone',
  'takes back': 'undoes',
  'what (?:a person|people) wrote': 'free text',
}

/** `roomDependencies`, `RoomKeeper` and `open-desk` are several words each; a plural counts as its word. */
function wordsOf(name: string): string[] {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  return words.map((word) => (Object.hasOwn(retiredNames, word.replace(/s$/, '')) ? word.replace(/s$/, '') : word))
}

/** Codes of the data (`mediation_room`) and the room of a dwelling are what they are. */
function retiredIn(name: string): string[] {
  return name.includes('_') || name === 'room' ? [] : wordsOf(name).filter((word) => Object.hasOwn(retiredNames, word))
}

function identifiersOf(source: Source): Map<string, number> {
  const found = new Map<string, number>()
  walk(source, ({ type, start, name }) => {
    if (/^(JSX|Private)?Identifier$/.test(type) && typeof name === 'string' && !found.has(name)) found.set(name, start)
  })
  return found
}

function badIdentifiers(source: Source): string[] {
  return [...identifiersOf(source)].flatMap(([name, start]) =>
    retiredIn(name).map((word) => `${source.path}:${lineOf(source.text, start)} ${name}: say ${retiredNames[word]}`),
  )
}

function badTexts(path: string, texts: { text: string; line: number }[]): string[] {
  return texts.flatMap(({ text, line }) =>
    Object.entries(retiredInText).flatMap(([word, instead]) => {
      const match = new RegExp(`\\b${word}\\b`, 'i').exec(text)
      return match === null ? [] : [`${path}:${line + lineOf(text, match.index) - 1} “${match[0]}”: say ${instead}`]
    }),
  )
}

/** The glossary, which lists them, and decisions, which stay as they were written. */
const quotesThem = /^docs\/(glossary\.md|decisions\/)|^tests\/architecture\/words\.test\.ts$/

test('names, comments and documents use the words of the glossary', () => {
  const files = readSources(['{data,server,web,tests,docs}/**/*.{ts,tsx,css,sql,json,md}', '*.{ts,md}'])
  const names = files.flatMap(({ path }) =>
    retiredIn(basename(path)).map((word) => `${path}: say ${retiredNames[word]}`),
  )
  const code = readSources().filter(({ path }) => !quotesThem.test(path))
  const comments = code.flatMap((source) => badTexts(source.path, commentsOf(source)))
  const documents = files
    .filter(({ path }) => path.endsWith('.md') && !quotesThem.test(path))
    .flatMap(({ path, text }) => badTexts(path, [{ text, line: 1 }]))
  expect([...names, ...code.flatMap(badIdentifiers), ...comments, ...documents]).toEqual([])
})

test('a retired word is found in names, comments and documents', () => {
  const text = `// A desk that is told.\nconst keptAnswers = 1\nexport const roomy = keptAnswers`
  expect(badIdentifiers({ path: 'a.ts', text })).toEqual(['a.ts:2 keptAnswers: say cached'])
  expect(badTexts('a.ts', commentsOf({ path: 'a.ts', text }))).toEqual([
    'a.ts:1 “desk”: say service',
    'a.ts:1 “told”: say reported',
  ])
  expect(retiredIn('rooms-of-desk.ts')).toEqual(['room', 'desk'])
  expect(badTexts('a.md', [{ text: 'one\nwhat people wrote', line: 1 }])).toEqual([
    'a.md:2 “what people wrote”: say free text',
  ])
})
