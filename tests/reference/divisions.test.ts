import { readFileSync } from 'node:fs'
import { CommunityCode, levelOf, parentOf, pathOf, StreetCode } from '@minqing/data/domain/area-code'
import { expect, test } from 'vitest'
import { testFiles } from './test-data.ts'

function table(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const names = header.replace(/^\uFEFF/, '').split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])))
}

test('the codes of all streets and communities of Wuhan are ours, and lead to each other', (context) => {
  const [streets = [], communities = []] = testFiles(context, 'divisions/wuhan_{streets,villages_communities}.csv').map(
    table,
  )
  expect([streets.length, communities.length]).toEqual([193, 3495])
  const known = new Set(streets.map(({ code = '' }) => StreetCode.parse(code)))
  expect(known).toContain('420102012')
  for (const { code = '', streetCode } of communities) {
    expect(CommunityCode.safeParse(code).success, code).toBe(true)
    expect([levelOf(code), parentOf(code), pathOf(code)]).toEqual(['community', streetCode, [streetCode, code]])
  }
  expect(communities.filter(({ streetCode = '' }) => !known.has(streetCode)).length).toBeLessThan(
    communities.length / 10,
  )
})
