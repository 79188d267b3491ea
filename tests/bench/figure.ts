import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

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

const results = join(import.meta.dirname, 'results')

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Prints the figures as the README has them, writes them to a file, and sets the exit code when one does not hold. */
export function report(name: string, figures: Figure[]): void {
  mkdirSync(results, { recursive: true })
  const file = join(results, `${name}-${new Date().toISOString().replaceAll(':', '-')}.json`)
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, platform: process.platform }
  writeFileSync(file, `${JSON.stringify({ machine, figures }, null, 2)}\n`)

  say(`\n${asTable(figures)}\n`)
  for (const { claim, measured } of figures) say(`${claim.en}: ${JSON.stringify(measured)}`)
  say(`\n${file}`)
  const broken = figures.filter((figure) => !holds(figure))
  for (const { claim } of broken) say(`未达到 · Not reached: ${claim.zh} · ${claim.en}`)
  process.exitCode = broken.length === 0 ? 0 : 1
}
