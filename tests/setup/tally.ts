import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

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

/** Writes the run's tally to the file that `MINQING_TALLY` names; `tests/run.ts` adds the files up. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message?: string }[]): void {
    const file = process.env['MINQING_TALLY']
    if (file === undefined) return
    const tally = emptyTally()
    for (const module of modules) addModule(tally, module)
    for (const error of unhandled) tally.failed.push({ name: 'outside any test', message: error.message ?? 'unknown' })
    writeFileSync(file, JSON.stringify(tally))
  }
}

function addModule(tally: Tally, module: TestModule): void {
  const project = module.project.name
  const nameOf = (test: TestCase) => `${project} > ${module.relativeModuleId} > ${test.fullName}`
  // Errors of a file or suite itself: an import that fails, a beforeAll that throws.
  const suites = [module, ...module.children.allSuites()]
  for (const suite of suites) {
    const suiteName = suite.type === 'suite' ? ` > ${suite.fullName}` : ''
    for (const error of suite.errors()) {
      tally.failed.push({ name: `${project} > ${module.relativeModuleId}${suiteName}`, message: error.message })
    }
  }
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === 'passed') tally.passed += 1
    else if (result.state === 'skipped') {
      tally.skipped.push({ name: nameOf(test), reason: result.note ?? 'its condition is not met on this machine' })
    } else {
      const message = result.errors?.[0]?.message ?? 'it never ran to its end'
      tally.failed.push({ name: nameOf(test), message })
    }
  }
}
