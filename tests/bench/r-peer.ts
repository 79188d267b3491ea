import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether R is installed with these packages; a bench skips what it would compare with them where it is not. */
export function hasR(...packages: string[]): boolean {
  const loads = packages.map((name) => `suppressMessages(library(${name}))`).join(';')
  return spawnSync('Rscript', ['-e', loads], { stdio: 'ignore', timeout: 60_000 }).status === 0
}

/**
 * Runs a script of R. In it, each of `inputs` is a vector of that name, and `answer(...)` gives numbers back: the last
 * call's are returned. `seconds(expression)` is the time that an expression takes in R, without starting R and reading.
 *
 * @throws Error with R's own message when the script fails
 */
export function runR(
  scratch: string,
  script: string,
  inputs: Record<string, Float64Array | Uint32Array>,
  timeout = 170_000,
): number[] {
  const reads = Object.entries(inputs).map(([name, values]) => {
    const file = join(scratch, `${name}.bin`)
    writeFileSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    const what = values instanceof Float64Array ? 'double()' : 'integer()'
    return `${name} <- readBin(${JSON.stringify(file)}, ${what}, n = ${values.length})`
  })
  const file = join(scratch, 'peer.R')
  const helpers = [
    `answer <- function(...) cat("answer", format(c(...), digits = 17), "\\n")`,
    `seconds <- function(expression) { start <- proc.time()[["elapsed"]]; force(expression); proc.time()[["elapsed"]] - start }`,
  ]
  writeFileSync(file, [...helpers, ...reads, script].join('\n'))
  const { status, stdout, stderr } = spawnSync('Rscript', [file], { encoding: 'utf8', maxBuffer: 2 ** 28, timeout })
  const line = stdout?.split('\n').findLast((line) => line.startsWith('answer '))
  if (status !== 0 || line === undefined) throw new Error(`Rscript: ${stderr}`)
  return line.trim().split(/\s+/).slice(1).map(Number)
}
