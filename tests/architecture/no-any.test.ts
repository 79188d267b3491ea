import { expect, test } from 'vitest'
import { readSources, type Source } from './source.ts'
import { lineOf, walk } from './syntax.ts'

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
