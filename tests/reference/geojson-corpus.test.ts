import { basename } from 'node:path'
import { readGeojson } from '@minqing/data/formats/geojson'
import { readBoundary } from '@minqing/data/geo/boundary'
import { expect, test } from 'vitest'
import { rowsOf, textOf } from './file-text.ts'
import { readJson, testFiles } from './test-data.ts'

test('reads every valid file with as many features as it has', async (context) => {
  for (const file of testFiles(context, 'geojson/good/*.geojson')) {
    const { text } = await textOf(file)
    const rows = await rowsOf(readGeojson(text))
    const expected = (readJson(file) as { type: string; features?: unknown[] }).features?.length ?? 1
    expect([rows.length, rows.filter(({ fault }) => fault !== null)], basename(file)).toEqual([expected, []])
  }
})

/** What is wrong with these lies in the object itself: whoever imports them is told, and nothing is written. */
const unreadable = [
  'bad-duplicate-properties',
  'bad-json',
  'bad-object-type',
  'bad-properties-as-array',
  'badfeature',
  'badfeatureid',
  'expected_object',
  'feature_changed_semantics',
  'featurecollection-type-case',
  'nofeaturetype',
  'notype',
  'rootstring',
  'unknowntype',
]

test('refuses what is no GeoJSON object, with a reason', async (context) => {
  const files = testFiles(context, 'geojson/bad/*.geojson')
  const refused: string[] = []
  for (const file of files.filter((path) => unreadable.includes(basename(path, '.geojson')))) {
    const { text } = await textOf(file)
    const reasons = await rowsOf(readGeojson(text)).then(
      (rows) => rows.flatMap(({ fault }) => (fault === null ? [] : [fault.zh])),
      (error: Error) => [error.message],
    )
    if (reasons.length > 0 && reasons.every((reason) => reason.length > 5)) refused.push(basename(file, '.geojson'))
  }
  expect(refused).toEqual(unreadable.toSorted())
})

/** Polygons that are wrong in a way that cannot be mended. */
const unmendable = ['badcoord', 'stringcoord', 'point-labeled-as-a-multipolygon']

test('no broken polygon becomes a boundary', async (context) => {
  for (const file of testFiles(context, 'geojson/bad/*.geojson')) {
    if (!unmendable.includes(basename(file, '.geojson'))) continue
    const value = readJson(file) as { geometry?: unknown; features?: { geometry: unknown }[] }
    const geometry = value.features?.[0]?.geometry ?? value.geometry ?? value
    expect(
      readBoundary(geometry, (x, y) => [x, y]),
      basename(file),
    ).toHaveProperty('fault')
  }
})
