import { readFileSync } from 'node:fs'
import { dbscan } from '@minqing/data/stats/dbscan'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { testFiles } from './test-data.ts'

/** Radius and least points stand in the names; core points and noise must agree, border points may not. */
test('core points and noise are those of R dbscan', ({ skip }) => {
  const files = testFiles({ skip }, 'stats/dbscan/*.csv')
  expect(files.length).toBe(2)
  for (const file of files) {
    const [, radius, minPoints] = /eps([\d.]+)_minpts(\d+)\.csv$/.exec(file)!
    const rows: { X: string; Y: string; cluster: string; core: string }[] = parse(readFileSync(file), { columns: true })
    const x = Float64Array.from(rows, (row) => Number(row.X))
    const y = Float64Array.from(rows, (row) => Number(row.Y))
    const { labels, core, count } = dbscan(x, y, Number(radius), Number(minPoints))
    expect([...core]).toEqual(rows.map((row) => (row.core === 'TRUE' ? 1 : 0)))
    expect([...labels].map((label) => label === 0)).toEqual(rows.map((row) => row.cluster === '0'))
    expect(count).toBe(new Set(rows.map((row) => row.cluster).filter((cluster) => cluster !== '0')).size)
    // The clusters are the same but for their numbers.
    const pairs = new Set(rows.flatMap((row, i) => (row.core === 'TRUE' ? [`${row.cluster} ${labels[i]}`] : [])))
    expect(pairs.size).toBe(count)
  }
})
