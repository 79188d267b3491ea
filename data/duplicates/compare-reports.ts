import type { Position } from '../domain/position.ts'
import { metresPerDegree } from '../geo/ellipsoid-area.ts'
import { nameSameBuilding, type Part } from './mentions.ts'
import type { Profile } from './report.ts'
import type { TextSimilarity } from './text-similarity.ts'

/** What is compared of two reports, and how far they can agree; `unknown` where one of them does not say. */
export const agreementLevels = {
  /** The same building by code or name, or another; without both at most so many metres apart, or in one grid. */
  place: ['building', '60 m', '120 m', 'farther', 'grid', 'other building', 'unknown'],
  /** Between the times of reporting, at most. */
  time: ['3 d', '5 d', '7 d', '10 d', '14 d', 'later'],
  /** Between the times at which it happened, at most. */
  happened: ['3 h', '8 h', 'later', 'unknown'],
  /** Share of what the title begins with that the other report says too, at least. */
  subject: ['80 %', '65 %', '50 %', '35 %', '20 %', 'less', 'unknown'],
  /** Similarity of title and text, at least. */
  text: ['70 %', '50 %', '30 %', '20 %', '10 %', 'less', 'unknown'],
  /** Unit and floor, or side of the building. */
  part: ['same', 'beside', 'other', 'unknown'],
  /** Names and telephone numbers in the texts. */
  party: ['same', 'other', 'unknown'],
  /** Numbers with what they count: all of the report that has fewer, or not all. */
  figures: ['same', 'other', 'unknown'],
} as const
export type Comparison = keyof typeof agreementLevels
export type Level<Name extends Comparison = Comparison> = (typeof agreementLevels)[Name][number]
export type Agreement = { [Name in Comparison]: Level<Name> }
export const comparisons = Object.keys(agreementLevels) as Comparison[]

/** How two reports agree, with what was measured for it; null where one of them does not say. */
export type ComparedReports = {
  agreement: Agreement
  metres: number | null
  hours: number
  subject: number | null
  text: number | null
}

const hour = 3_600_000

export function compareReports(a: Profile, b: Profile, similarity: TextSimilarity): ComparedReports {
  const [{ position: here }, { position: there }] = [a.report, b.report]
  const metres = here === null || there === null ? null : metresBetween(here, there)
  const hours = Math.abs(a.reportedAt - b.reportedAt) / hour
  const apart = a.happenedAt === null || b.happenedAt === null ? null : Math.abs(a.happenedAt - b.happenedAt) / hour
  const shares =
    a.words.size === 0 || b.words.size === 0
      ? []
      : [similarity.share(a.subject, b.words), similarity.share(b.subject, a.words)].filter(isKnown)
  const subject = shares.length === 0 ? null : Math.max(...shares)
  const cosine = similarity.cosine(a.words, b.words)
  const text = a.hasText && b.hasText && isKnown(cosine) ? cosine : null
  return {
    agreement: {
      place: placeLevel(a, b, metres),
      time: levelUpTo([72, 120, 168, 240, 336], agreementLevels.time, hours),
      happened: apart === null ? 'unknown' : levelUpTo([3, 8], agreementLevels.happened, apart),
      subject: subject === null ? 'unknown' : levelFrom([0.8, 0.65, 0.5, 0.35, 0.2], agreementLevels.subject, subject),
      text: text === null ? 'unknown' : levelFrom([0.7, 0.5, 0.3, 0.2, 0.1], agreementLevels.text, text),
      part: partLevel(a.part, b.part),
      party: partyLevel(a.parties, b.parties),
      figures: figuresLevel(a.figures, b.figures),
    },
    metres,
    hours,
    subject,
    text,
  }
}

const isKnown = (value: number) => !Number.isNaN(value)

/** Metres between two positions of one city. */
export function metresBetween(a: Position, b: Position): number {
  const east = (a.lon - b.lon) * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180))
  return Math.hypot(east, a.lat - b.lat) * metresPerDegree
}

/** The first level whose bound is at least the value; the one behind them where none is. */
function levelUpTo<Name>(bounds: readonly number[], levels: readonly Name[], value: number): Name {
  const at = bounds.findIndex((bound) => value <= bound)
  return levels[at === -1 ? bounds.length : at]!
}

function levelFrom<Name>(bounds: readonly number[], levels: readonly Name[], value: number): Name {
  return levelUpTo(
    bounds.map((bound) => -bound),
    levels,
    -value,
  )
}

function placeLevel(a: Profile, b: Profile, metres: number | null): Level<'place'> {
  const [x, y] = [a.report, b.report]
  if (x.buildingCode !== null && x.buildingCode === y.buildingCode) return 'building'
  if (nameSameBuilding(a.buildings, b.buildings)) return 'building'
  if (isNamedIn(a, b) || isNamedIn(b, a)) return 'building'
  if (a.buildings.length > 0 && b.buildings.length > 0) return 'other building'
  if (x.buildingCode !== null && y.buildingCode !== null) return 'other building'
  if (metres !== null) return levelUpTo([60, 120], agreementLevels.place.slice(1, 4), metres)
  return x.gridCode !== null && x.gridCode === y.gridCode ? 'grid' : 'unknown'
}

function isNamedIn({ buildings }: Profile, { title }: Profile): boolean {
  return buildings.some((name) => title.includes(name))
}

function partLevel(a: Part, b: Part): Level<'part'> {
  const units = a.unit === null || b.unit === null ? null : Math.abs(a.unit - b.unit)
  const floors = a.floor === null || b.floor === null ? null : Math.abs(a.floor - b.floor)
  if (units === null && floors === null)
    return a.side === null || b.side === null ? 'unknown' : a.side === b.side ? 'same' : 'other'
  const apart = (units ?? 0) + (floors ?? 0)
  return apart === 0 ? 'same' : apart === 1 && units !== null && floors !== null ? 'beside' : 'other'
}

function partyLevel(a: ReadonlySet<string>, b: ReadonlySet<string>): Level<'party'> {
  if (a.size === 0 || b.size === 0) return 'unknown'
  return [...a].some((one) => b.has(one)) ? 'same' : 'other'
}

function figuresLevel(a: ReadonlySet<string>, b: ReadonlySet<string>): Level<'figures'> {
  if (a.size === 0 || b.size === 0) return 'unknown'
  const [few, many] = a.size <= b.size ? [a, b] : [b, a]
  return [...few].every((one) => many.has(one)) ? 'same' : 'other'
}
