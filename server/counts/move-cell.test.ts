import { Random } from '@minqing/data/stats/random'
import { expect, it } from 'vitest'
import type { PlacedCells } from './cells.ts'
import { type CellOfPlace, moveCell } from './move-cell.ts'

const random = new Random(3, 'cells')
const anyCell = (): CellOfPlace => ({ place: random.whole(0, 6), cell: random.whole(0, 8) })

/** As `groupCells` counts them. */
function counted(incidents: readonly CellOfPlace[]): PlacedCells {
  const places = [...new Set(incidents.map(({ place }) => place))].toSorted((a, b) => a - b)
  const ofPlace = places.map((place) => {
    const own = incidents.filter((incident) => incident.place === place).map(({ cell }) => cell)
    const cells = [...new Set(own)].toSorted((a, b) => a - b)
    return { cells, counts: cells.map((cell) => own.filter((one) => one === cell).length) }
  })
  return {
    places,
    sizes: ofPlace.map(({ cells }) => cells.length),
    cells: ofPlace.flatMap(({ cells }) => cells),
    counts: ofPlace.flatMap(({ counts }) => counts),
  }
}

it('counts as if all incidents had been counted again', () => {
  for (let round = 0; round < 400; round++) {
    const incidents = Array.from({ length: random.whole(1, 30) }, anyCell)
    const [from, to] = [incidents[0]!, anyCell()]
    expect(moveCell(counted(incidents), from, to)).toEqual(counted([to, ...incidents.slice(1)]))
    expect(moveCell(counted(incidents), undefined, to)).toEqual(counted([to, ...incidents]))
  }
})

it('moves nothing out of a cell that is empty', () => {
  const month = counted([{ place: 2, cell: 3 }])
  for (const from of [
    { place: 2, cell: 4 },
    { place: 2, cell: 2 },
    { place: 1, cell: 3 },
    { place: 3, cell: 3 },
  ])
    expect(moveCell(month, from, { place: 2, cell: 3 })).toBeUndefined()
})
