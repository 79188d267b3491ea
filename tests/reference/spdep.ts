import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { TestContext } from 'vitest'
import { type Neighbours, neighboursFromLists } from '@minqing/data/stats/neighbours'
import { testFiles } from './test-data.ts'

/** Results of R spdep 1.2-7 for each area of the classic sets columbus and sids2, and their queen neighbours. */
export type SpdepSet = {
  name: string
  set: string
  neighbours: Neighbours
  values: Float64Array
  /** A column by its name in the file. */
  column: (name: string) => string[]
}

export function spdepSets(context: Pick<TestContext, 'skip'>): SpdepSet[] {
  return testFiles(context, 'stats/reference/*_local.csv').map((file) => {
    const name = /([^/\\]+)_local\.csv$/.exec(file)?.[1] ?? ''
    const set = name.split('_')[0] ?? ''
    const rows = tableOf(file)
    const column = (column: string) =>
      rows.map((row) => {
        const cell = row[column]
        if (cell === undefined) throw new Error(`${file} has no ${column}`)
        return cell
      })
    return {
      name,
      set,
      neighbours: spdepNeighbours(context, set, rows.length),
      values: Float64Array.from(column('x'), Number),
      column,
    }
  })
}

/** The queen neighbours of `poly2nb`. */
export function spdepNeighbours(context: Pick<TestContext, 'skip'>, set: string, areas: number): Neighbours {
  const lists: number[][] = Array.from({ length: areas }, () => [])
  for (const file of testFiles(context, `stats/reference/${set}_queen_neighbours_1based.csv`))
    for (const { i, j } of tableOf(file)) lists[Number(i) - 1]?.push(Number(j) - 1)
  return neighboursFromLists(lists)
}

function tableOf(file: string): Record<string, string>[] {
  return parse(readFileSync(file, 'utf8'), { columns: true, skip_empty_lines: true })
}
