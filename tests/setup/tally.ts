/** What one stage of the test command came to. */
export type Tally = {
  passed: number
  failed: Failure[]
  skipped: Skip[]
}

export type Failure = { name: string; message: string }
export type Skip = { name: string; reason: string }

export const emptyTally = (): Tally => ({ passed: 0, failed: [], skipped: [] })

export function addTallies(tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
    skipped: tallies.flatMap((tally) => tally.skipped),
  }
}

/** A stage that ran no test at all proves nothing, so it counts as failed. */
export function refuseEmpty(stage: string, tally: Tally): Tally {
  if (tally.passed + tally.failed.length + tally.skipped.length > 0) return tally
  return { ...tally, failed: [{ name: stage, message: 'it ran no test' }] }
}

/** What is read at the end: every failure and skip by name, then the count alone on the last line. */
export function describeTally({ passed, failed, skipped }: Tally): string {
  const lines = [
    ...skipped.map(({ name, reason }) => `SKIPPED ${name}: ${reason}`),
    ...failed.map(({ name, message }) => `FAILED  ${name}: ${firstLine(message)}`),
    `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
  ]
  return lines.join('\n')
}

function firstLine(message: string): string {
  return message.trim().split('\n', 1)[0] ?? ''
}
