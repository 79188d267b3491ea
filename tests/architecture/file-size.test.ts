import { expect, test } from 'vitest'
import { readSources, type Source } from './source.ts'

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
