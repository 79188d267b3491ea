import { makeNumericColumns } from '@minqing/data/domain/incident-columns'
import { mapFacets } from '@minqing/data/domain/incident-facets'
import { Random } from '@minqing/data/stats/random'

/** Cases as arrays, without a database: 400 grids of a street of 2.5 km, five years, the same for the same seed. */
export function generateIncidents(rows: number, seed: number) {
  const random = new Random(seed, 'bench cases')
  const street = '960101001'
  const first = Date.parse('2021-11-21T00:00:00+08:00') / 1000
  const span = 5 * 365 * 86_400
  const cases = {
    ...makeNumericColumns(() => rows),
    grids: Array.from<string>({ length: rows }),
    streets: Array.from<string>({ length: rows }).fill(street),
    numbers: Array.from<string>({ length: rows }),
    codes: mapFacets((_, { codes }) => codes),
  }
  const hills = Array.from({ length: 40 }, () => [random.next(), random.next()] as const)
  for (let i = 0; i < rows; i++) {
    const [east, north] = random.pick(hills)
    const [u, v] = [near(east, random), near(north, random)]
    cases.x[i] = Math.round((114.2 + u * 0.026) * 1e7)
    cases.y[i] = Math.round((30.5 + v * 0.0225) * 1e7)
    cases.reported[i] = first + Math.floor((i / rows) * span)
    cases.due[i] = cases.reported[i]! + 15 * 86_400
    cases.type[i] = random.whole(0, cases.codes.type.length - 1)
    cases.channel[i] = random.whole(0, cases.codes.channel.length - 1)
    cases.status[i] = random.chance(0.95) ? cases.codes.status.indexOf('80') : random.whole(0, 12)
    cases.risk[i] = random.whole(0, 3)
    const grid = Math.floor(u * 20) * 20 + Math.floor(v * 20)
    cases.grids[i] = `${street}001${String(grid + 1).padStart(3, '0')}`
    cases.numbers[i] =
      `${new Date(cases.reported[i]! * 1000).toISOString().slice(0, 10).replaceAll('-', '')}-${String(i % 10_000).padStart(4, '0')}`
  }
  return cases
}

export type GeneratedIncidents = ReturnType<typeof generateIncidents>

function near(middle: number, random: Random): number {
  return Math.min(0.999, Math.max(0, random.chance(0.3) ? random.next() : random.bell(middle, 0.04)))
}
