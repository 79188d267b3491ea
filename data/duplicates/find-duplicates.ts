import { comparisons, compareReports, metresBetween, type ComparedReports, type Comparison } from './compare-reports.ts'
import { nameSameBuilding } from './mentions.ts'
import { bitsOf, prior, proposedFrom } from './evidence.ts'
import { profileOf, type Profile, type Report } from './report.ts'
import { TextSimilarity } from './text-similarity.ts'

/** Which reports are compared: other pairs are as good as never the same case. */
export const compared = { days: 30, metres: 300 } as const

/** So many are proposed for a report. */
export const mostProposals = 5

/** How far one comparison speaks for the same case (positive) or against it. */
export type Reason = { comparison: Comparison; level: string; bits: number }

export type Likely<Of> = {
  report: Of
  /** log₂ of the odds that both tell of the same case. */
  score: number
  /** Those that say something, the strongest first. */
  reasons: Reason[]
} & Pick<ComparedReports, 'metres' | 'hours' | 'subject' | 'text'>

/**
 * Whether two reports are compared: near in time and place, or of one building or grid. One without a position may name
 * its building only.
 */
export function areComparable(a: Profile, b: Profile): boolean {
  if (Math.abs(a.reportedAt - b.reportedAt) > compared.days * 86_400_000) return false
  const [x, y] = [a.report, b.report]
  if (x.buildingCode !== null && x.buildingCode === y.buildingCode) return true
  if (x.position !== null && y.position !== null) return metresBetween(x.position, y.position) <= compared.metres
  return (x.gridCode !== null && x.gridCode === y.gridCode) || nameSameBuilding(a.buildings, b.buildings)
}

/**
 * The reports that likely tell of the same case, the likeliest first.
 *
 * @param others comparable ones; what is rare in their texts weighs more.
 */
export function findDuplicates<Of extends Report>(
  report: Report,
  others: readonly Of[],
  limit = mostProposals,
): Likely<Of>[] {
  return likelyAmong(profileOf(report), others.map(profileOf), limit)
}

/** The same for reports whose profiles are known. */
export function likelyAmong<Of extends Report>(
  report: Profile,
  others: readonly Profile<Of>[],
  limit = mostProposals,
): Likely<Of>[] {
  const similarity = new TextSimilarity([...others, report].map(({ words }) => words))
  return others
    .map((other): Likely<Of> => {
      const { agreement, ...measures } = compareReports(report, other, similarity)
      const levels = new Map(Object.entries(agreement))
      const reasons = comparisons.flatMap((comparison): Reason[] => {
        const level = levels.get(comparison) ?? 'unknown'
        return level === 'unknown' ? [] : [{ comparison, level, bits: bitsOf(comparison, level) }]
      })
      const score = reasons.reduce((sum, { bits }) => sum + bits, prior)
      return {
        report: other.report,
        score,
        reasons: reasons.toSorted((a, b) => Math.abs(b.bits) - Math.abs(a.bits)),
        ...measures,
      }
    })
    .filter(({ score }) => score >= proposedFrom)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
}
