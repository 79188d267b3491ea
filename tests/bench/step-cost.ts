/**
 * What a step and a registration cost, with however many incidents are there already. As a program,
 * `step-cost.ts <small> <large>` compares two databases of one server that hold the demo, `minqing demo --scale city` in
 * the second.
 */
import { IncidentReport } from '@minqing/data/domain/intake'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { actorAs } from '../../server/access/actor.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { ensureDemo } from '../../server/demo/ensure-demo.ts'
import { makeScale } from '../../server/demo/make-scale.ts'
import { ReportPlaces } from '../../server/intake/place-report.ts'
import { registerIncident } from '../../server/intake/register-incident.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { onCluster } from '../../server/store/test-database.ts'
import { takeStep } from '../../server/workflow/take-step.ts'
import { startEmbeddedCluster } from '../setup/embedded-cluster.ts'
import { type Figure, median, report } from './figure.ts'

/** Pairs of writes that are measured, after those that warm both databases. */
const rounds = 300
const warmRounds = 60
/** How many cases are acted on in turn: the log of each stays short. */
const cases = 60

const actor = actorAs({ id: 'bench', name: 'bench' }, 'centre_lead', ['all'])

type OpenCase = { street: string; number: string; type: IncidentType; sequence: number }

/** The demo street against the demo district, which has sixty times as many incidents, in one cluster. */
export async function measureStepCost(): Promise<Figure[]> {
  const { cluster, stop } = await startEmbeddedCluster({ durable: true })
  const options = { asOf: new Date(), report: () => {}, seed: 1 }
  try {
    const owner = connect({ url: cluster.url, poolSize: 1 })
    await owner`create database street`
    await owner`create database district`
    await owner.end()
    const [street, district] = ['street', 'district'].map((name) =>
      connect({ url: onCluster(cluster, name), poolSize: 2, statementTimeout: 0 }),
    ) as [Database, Database]
    try {
      await migrate(street)
      await ensureDemo(street, actor, options)
      await migrate(district)
      await makeScale(district, actor, { ...options, scale: 'district' })
      return await compareWrites(street, district)
    } finally {
      await Promise.all([street.end(), district.end()])
    }
  } finally {
    await stop()
  }
}

/** Steps, then registrations. */
async function compareWrites(small: Database, large: Database): Promise<Figure[]> {
  // As the database's own housekeeping leaves them.
  for (const database of [small, large]) await database`vacuum analyze`
  const sides = [small, large] as const
  const [fewCases, manyCases] = await Promise.all([openCases(small), openCases(large)])
  const figures: Figure[] = []
  for (const { claim, write } of [
    {
      claim: {
        zh: '办理一步的用时：事件多的库与事件少的库之比',
        en: 'taking a step of a case: time with many incidents behind it against that with few',
      },
      write: (side: number, round: number) => {
        const open = side === 0 ? fewCases : manyCases
        return classify(sides[side]!, open[round % open.length]!, round)
      },
    },
    {
      claim: {
        zh: '登记一件的用时：事件多的库与事件少的库之比',
        en: 'registering a case: time with many incidents behind it against that with few',
      },
      write: register(sides, fewCases[0]!.street, manyCases[0]!.street),
    },
  ]) {
    // One after the other: each has the machine for itself.
    const [few, many] = (await timeByTurns(write)).map(median) as [number, number]
    figures.push({
      claim,
      value: many / few,
      unit: ' ×',
      limit: { atMost: 1.3 },
      measured: {
        'incidents, many': await countOf(large),
        'incidents, few': await countOf(small),
        'ms, many': many.toFixed(2),
        'ms, few': few.toFixed(2),
        rounds,
      },
    })
  }
  return figures
}

/** Milliseconds of each write in both databases by turns, so that whatever else the machine does meets both. */
async function timeByTurns(write: (side: number, round: number) => Promise<unknown>): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < warmRounds + rounds; round++) {
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
      const began = performance.now()
      await write(side, round)
      if (round >= warmRounds) times[side]!.push(performance.now() - began)
    }
  }
  return times
}

/** Registers walk-ins of the present month, a street in each database. */
function register(sides: readonly [Database, Database], ...streets: [string, string]) {
  const places = sides.map(() => new ReportPlaces())
  return (side: number, round: number) => {
    const report = IncidentReport.parse({
      street: streets[side],
      text: `楼上住户夜间噪声扰民，第 ${round + 1} 次登记`,
      accept: true,
    })
    return registerIncident(sides[side]!, actor, places[side]!, { report, key: undefined }, new Date())
  }
}

/** Cases of the newest month, of as many streets as there are. */
async function openCases(database: Database): Promise<OpenCase[]> {
  const found = await database<OpenCase[]>`
    select street_code as street, number, type,
      (select max(sequence) from incident_step s where s.street_code = i.street_code and s.number = i.number) as sequence
    from incident i where status in ('30', '40', '45', '50') and reported_at <= now()
    order by reported_at desc limit ${cases}`
  if (found.length < cases) throw new Error('the demo has too few open cases')
  return [...found]
}

/** A step that changes what is counted. */
async function classify(database: Database, one: OpenCase, round: number): Promise<void> {
  const risk = Math.floor(round / cases) % 2 === 0 ? 'orange' : 'yellow'
  const asked = {
    sequence: one.sequence,
    content: { action: 'classify', type: one.type, risk, urgency: '2' },
    opinion: '',
  } as const
  const { sequence } = await takeStep(database, actor, one.street, one.number, asked, new Date())
  one.sequence = sequence
}

async function countOf(database: Database): Promise<number> {
  const [{ count }] = await database<[{ count: number }]>`select count(*) from incident`
  return count
}

if (import.meta.main) {
  const [smallUrl, largeUrl] = process.argv.slice(2)
  if (smallUrl === undefined || largeUrl === undefined)
    throw new Error('step-cost.ts <database with few incidents> <database of the same server with many>')
  const [small, large] = [smallUrl, largeUrl].map((url) => connect({ url, poolSize: 2, statementTimeout: 0 })) as [
    Database,
    Database,
  ]
  try {
    report('step-cost', await compareWrites(small, large))
  } finally {
    await Promise.all([small.end(), large.end()])
  }
}
