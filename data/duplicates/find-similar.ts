import { compareReports, type ComparedReports, type Level } from './compare-reports.ts'
import { profileOf, type Report } from './report.ts'
import { TextSimilarity } from './text-similarity.ts'

/** So many are shown for a case, none of which is less similar than this. */
const mostSimilar = 5
const leastSimilar = 0.12

export type Similar<Of> = {
  report: Of
  /** Cosine of what both say apart from where, from 0 to 1. */
  similarity: number
  place: Level<'place'>
} & Pick<ComparedReports, 'metres' | 'hours' | 'subject'>

/**
 * The cases that say most of what a report says, the most similar first: unlike duplicates, wherever and whenever they
 * were. What is rare among them weighs more.
 */
export function findSimilar<Of extends Report>(report: Report, others: readonly Of[]): Similar<Of>[] {
  const profile = profileOf(report)
  const profiles = others.map((other) => profileOf(other))
  const texts = new TextSimilarity([...profiles, profile].map(({ words }) => words))
  return profiles
    .map((other) => ({ other, similarity: texts.cosine(profile.words, other.words) }))
    .filter(({ similarity }) => similarity >= leastSimilar)
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, mostSimilar)
    .map(({ other, similarity }) => {
      const { agreement, metres, hours, subject } = compareReports(profile, other, texts)
      return { report: other.report, similarity, place: agreement.place, metres, hours, subject }
    })
}
