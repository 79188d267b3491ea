import { plantDuplicates, type PlantedDuplicates, type ReportedCase } from '@minqing/data/demo/series/plant-duplicates'
import { scriptedIncidents } from '@minqing/data/demo/series/make-series'
import { makeStreet } from '@minqing/data/demo/street'
import { dayLength } from '@minqing/data/domain/local-time'
import { areComparable, compared, likelyAmong } from '@minqing/data/duplicates/find-duplicates'
import { profileOf, type Profile } from '@minqing/data/duplicates/report'
import type { Figure } from './figure.ts'

/** The weights were fitted on the seeds 101 to 106 and looked at on 107 to 110. */
const seeds = [1, 7]
const days = 548
const end = Date.parse('2026-11-23T00:00:00+08:00')

/** A case with the earlier ones to which it is compared. */
type Asked = { profile: Profile<ReportedCase>; earlier: Profile<ReportedCase>[] }
type Accuracy = { proposed: number; right: number; precision: number; recall: number }
/** The numbers of the earlier cases that are proposed for a case. */
export type Proposing = (asked: Asked) => string[]

/** As at triage: each case when it has come in, with all that it says. */
export const atTriage: Proposing = ({ profile, earlier }) =>
  likelyAmong(profile, earlier).map(({ report }) => report.number)

/** As while typing: place and title alone. */
export const whileTyping: Proposing = ({ profile, earlier }) =>
  likelyAmong(profileOf({ ...profile.report, text: '', happenedAt: null }), earlier).map(({ report }) => report.number)

/** What is commonly done: the same type within 50 m and three days. */
export const byRule: Proposing = ({ profile, earlier }) =>
  earlier
    .filter(({ report, reportedAt }) => {
      const isNear = areNear(report, profile.report)
      return isNear && report.type === profile.report.type && profile.reportedAt - reportedAt <= 3 * dayLength
    })
    .map(({ report }) => report.number)

function areNear(a: ReportedCase, b: ReportedCase): boolean {
  if (a.position === null || b.position === null) return a.buildingCode !== null && a.buildingCode === b.buildingCode
  const [north, east] = [a.position.lat - b.position.lat, (a.position.lon - b.position.lon) * 0.86]
  return Math.hypot(north, east) * 111_320 <= 50
}

/** The cases of a street's last days, each with those of the 30 days before it that are near. */
export function plantedStreet(seed: number, length = days): { planted: PlantedDuplicates; asked: Asked[] } {
  const street = makeStreet(seed, 2026)
  const planted = plantDuplicates(street, scriptedIncidents(street, end - length * dayLength, end), seed)
  const profiles = planted.cases.map((one) => profileOf(one))
  let first = 0
  const asked = profiles.map((profile, i): Asked => {
    while (profile.reportedAt - profiles[first]!.reportedAt > compared.days * dayLength) first++
    return { profile, earlier: profiles.slice(first, i).filter((other) => areComparable(other, profile)) }
  })
  return { planted, asked }
}

/** How the proposals for all cases agree with the pairs that were planted. */
export function accuracyOf({ planted, asked }: ReturnType<typeof plantedStreet>, propose: Proposing): Accuracy {
  const pairs = new Set(planted.pairs.map((pair) => pair.join(' ')))
  let [proposed, right] = [0, 0]
  for (const one of asked)
    for (const number of propose(one)) {
      proposed++
      if (pairs.has(`${number} ${one.profile.report.number}`)) right++
    }
  return { proposed, right, precision: right / proposed, recall: right / pairs.size }
}

/** Planted duplicates among the cases of two demo streets: how many of the proposals are right, and how many are found. */
export function measureDuplicates(): Figure[] {
  const results = seeds.map((seed) => {
    const street = plantedStreet(seed)
    const { cases, pairs, lookAlikes } = street.planted
    return {
      seed,
      counts: `${cases.length} cases, ${pairs.length} pairs, ${lookAlikes.length} look-alikes`,
      triage: accuracyOf(street, atTriage),
      typing: accuracyOf(street, whileTyping),
      rule: accuracyOf(street, byRule),
    }
  })
  const inWords = ({ precision, recall }: Accuracy) => `${precision.toFixed(3)} / ${recall.toFixed(3)}`
  const measured = Object.fromEntries(
    results.flatMap(({ seed, counts, triage, typing, rule }) => [
      [`seed ${seed}`, counts],
      [`seed ${seed}, precision / recall`, inWords(triage)],
      [`seed ${seed}, while typing a title`, inWords(typing)],
      [`seed ${seed}, same type within 50 m and 3 days`, inWords(rule)],
    ]),
  )
  return [
    {
      claim: {
        zh: '疑似重复件：提示中确为重复的比例（演示数据中植入，两个种子中较差的）',
        en: 'likely duplicates: share of the proposals that are right (planted in the demo, the worse of two seeds)',
      },
      value: Math.min(...results.map(({ triage }) => triage.precision)),
      unit: '',
      limit: { atLeast: 0.95 },
      measured,
    },
    {
      claim: { zh: '植入的重复件：被提示的比例', en: 'the planted duplicates: share that is proposed' },
      value: Math.min(...results.map(({ triage }) => triage.recall)),
      unit: '',
      limit: { atLeast: 0.85 },
      measured,
    },
  ]
}
