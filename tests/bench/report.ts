import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { asTable, holds, type Figure } from './figure.ts'

const results = join(import.meta.dirname, 'results')

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Prints the figures as the README has them, keeps them in a file, and sets the exit code when one does not hold. */
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
