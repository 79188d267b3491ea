/** The wall asks every 15 s; two answers missing in a row are no longer chance. */
export const lateAfterSeconds = 40
/** A street reports several cases a day: a day without any entry is a broken feed rather than peace. */
export const quietAfterSeconds = 24 * 3600

/**
 * How far the picture can be trusted: `fresh`; `late` when the server has not answered (the last picture stays);
 * `quiet` when it answers but nothing has been written for a day.
 */
export type Freshness =
  | { kind: 'fresh'; seconds: number }
  | { kind: 'late'; asOf: number }
  | { kind: 'quiet'; asOf: number }

/** All times in milliseconds of the server's clock. */
export function freshnessOf(times: { now: number; answeredAt: number; writtenAt: number | null }): Freshness {
  const seconds = Math.max(0, Math.floor((times.now - times.answeredAt) / 1000))
  if (seconds >= lateAfterSeconds) return { kind: 'late', asOf: times.answeredAt }
  if (times.writtenAt !== null && times.now - times.writtenAt >= quietAfterSeconds * 1000)
    return { kind: 'quiet', asOf: times.writtenAt }
  return { kind: 'fresh', seconds }
}
