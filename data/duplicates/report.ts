import { normaliseAddress } from '../addresses/normalise.ts'
import type { Incident } from '../domain/incident.ts'
import {
  buildingsNamed,
  figuresNamed,
  partiesNamed,
  partNamed,
  titleOpening,
  withoutPlaces,
  type Part,
} from './mentions.ts'
import { bigramsOf, type Bigrams } from './text-similarity.ts'

type Compared = 'buildingCode' | 'gridCode' | 'position' | 'address' | 'title' | 'text' | 'reportedAt'

/** What of a report is compared. Of one that is being typed less is known: null, or empty texts. */
export type Report = Pick<Incident, Compared> & { happenedAt: Incident['happenedAt'] | null }

/** A report with what is compared of it, found once. */
export type Profile<Of extends Report = Report> = {
  report: Of
  /** Milliseconds. */
  reportedAt: number
  happenedAt: number | null
  /** Names of buildings, and the title in the form in which they are found in it. */
  buildings: readonly string[]
  title: string
  part: Part
  parties: ReadonlySet<string>
  figures: ReadonlySet<string>
  /** Of the title's first clause, of title and text; without the place, which is compared by itself. */
  subject: Bigrams
  words: Bigrams
  /** Whether there is more than a title. */
  hasText: boolean
}

export function profileOf<Of extends Report>(report: Of): Profile<Of> {
  const { title, text, address, reportedAt, happenedAt } = report
  const opening = titleOpening(title)
  const whole = `${title}。${text}`
  const buildings = buildingsNamed(address, title)
  return {
    report,
    reportedAt: Date.parse(reportedAt),
    happenedAt: happenedAt === null ? null : Date.parse(happenedAt),
    buildings,
    title: normaliseAddress(title),
    part: partNamed(opening),
    parties: partiesNamed(whole),
    figures: figuresNamed(whole),
    subject: bigramsOf(withoutPlaces(opening, buildings)),
    words: bigramsOf(withoutPlaces(whole, buildings)),
    hasText: text.trim() !== '',
  }
}
