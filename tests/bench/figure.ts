/** One measured claim, with the limit that it must keep. */
export type Figure = {
  /** What is claimed, in both languages, as the README's table words it. */
  claim: { zh: string; en: string }
  value: number
  /** As it follows the figure: ` kB`, ` ×`, or nothing for a count. */
  unit: string
  limit: { atLeast: number } | { atMost: number }
  /** What the value was computed from, for whoever doubts it. */
  measured: Record<string, number | string>
}

export function holds({ value, limit }: Figure): boolean {
  return 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost
}

/** The figures as rows of the README's table. */
export function asTable(figures: Figure[]): string {
  const rows = figures.map(({ claim, value, unit, limit }) => {
    const bound = 'atLeast' in limit ? `≥ ${limit.atLeast}` : `≤ ${limit.atMost}`
    return `| ${claim.zh}<br>${claim.en} | ${rounded(value)}${unit} | ${bound}${unit} |`
  })
  return ['| | 实测 · measured | 要求 · limit |', '| --- | ---: | ---: |', ...rows].join('\n')
}

function rounded(value: number): string {
  return Math.abs(value) >= 10 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2)
}

export function median(values: number[]): number {
  if (values.length === 0) throw new RangeError('the median of nothing')
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}
