/** The test command: every stage in order, then each failure and skip by name, then the count as the last line. */
import { mkdtempSync, chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { buildWeb } from '../server/build-web.ts'
import { stopSignals } from '../server/stop-signals.ts'
import { canUseApt, requireChromium, requireGdal, type Requirement, requirePostgres } from './setup/requirements.ts'
import { endPrograms, leftRunning, runProgram } from './setup/run-program.ts'
import { addTallies, describeTally, emptyTally, refuseEmpty, type Tally } from './setup/tally.ts'

type Stage = { name: string; run: (name: string) => Promise<Tally> }

const minute = 60_000
const root = join(import.meta.dirname, '..')
// Every temporary file of the run lies in here, and every process of the run has it in its environment.
const scratch = mkdtempSync(join(tmpdir(), 'minqing-test-'))
chmodSync(scratch, 0o755)
const environment = {
  TMPDIR: scratch,
  MINQING_TEST_RUN: scratch,
  MINQING_STATEMENTS: join(scratch, 'statements'),
  PATH: [join(root, 'node_modules/.bin'), join(root, 'tests/node_modules/.bin'), process.env['PATH']].join(delimiter),
}

const stages: Stage[] = [
  ...['data', 'server', 'web', 'tests'].map((name) => check(`types of ${name}`, 'tsc', ['-p', name])),
  check('lint', 'oxlint', ['--type-aware']),
  check('format', 'oxfmt', ['--check']),
  check('dead code', 'knip', ['--no-progress']),
  { name: 'build', run: build },
  suite('unit'),
  suite('api-embedded', { needs: optional(requireGdal) }),
  suite('api-server', { needs: requirePostgres }),
  // What the two stages before recorded.
  check('statements', 'node', [join(root, 'tests/architecture/check-statements.ts'), join(scratch, 'statements')]),
  suite('lifecycle'),
  suite('reference'),
  suite('architecture'),
  suite('e2e', { needs: requireChromium, limit: 25 * minute }),
]

/** A static check: one program, one test. */
function check(name: string, program: string, args: string[]): Stage {
  const run = async () => {
    const failed = await runProgram(program, args, { limit: 5 * minute, environment })
    return failed === undefined
      ? { ...emptyTally(), passed: 1 }
      : { ...emptyTally(), failed: [{ name, message: failed }] }
  }
  return { name, run }
}

/** The web app as `start` builds it: lifecycle and browser tests find it up to date. */
async function build(name: string): Promise<Tally> {
  try {
    await buildWeb(AbortSignal.any([stopped, AbortSignal.timeout(5 * minute)]), print)
    return { ...emptyTally(), passed: 1 }
  } catch (error) {
    return { ...emptyTally(), failed: [{ name, message: (error as Error).message }] }
  }
}

type SuiteOptions = { needs?: (say: typeof print) => Promise<Requirement>; limit?: number }

/** A project of vitest.config.ts. */
function suite(project: string, { needs, limit = 12 * minute }: SuiteOptions = {}): Stage {
  const run = async () => {
    const requirement = await needs?.(print)
    if (requirement !== undefined && 'missing' in requirement) return withoutRequirement(project, requirement.missing)
    const file = join(scratch, `${project}.json`)
    const reporters = ['--reporter=default', '--reporter=./tests/setup/tally.ts']
    const failed = await runProgram('vitest', ['run', `--project=${project}`, ...reporters], {
      limit,
      environment: { ...environment, MINQING_TALLY: file },
    })
    const tally = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : emptyTally()
    if (failed !== undefined && tally.failed.length === 0) tally.failed.push({ name: project, message: failed })
    return tally
  }
  return { name: project, run }
}

/** What a machine cannot have is skipped by name; where it could be installed and must run, that is a failure. */
function withoutRequirement(name: string, reason: string): Tally {
  if (process.env['CI'] && canUseApt()) return { ...emptyTally(), failed: [{ name, message: reason }] }
  return { ...emptyTally(), skipped: [{ name: `${name} (all of it)`, reason }] }
}

/** Tries to get it; the tests that need it skip themselves where it is missing. */
function optional(find: NonNullable<SuiteOptions['needs']>): NonNullable<SuiteOptions['needs']> {
  return async (say) => {
    const requirement = await find(say)
    if ('missing' in requirement) say(requirement.missing)
    return { path: '' }
  }
}

/** Whatever outlives its stage is ended, and said: the command leaves nothing running. */
async function endLeftovers(name: string): Promise<Tally> {
  // A browser's helpers take a moment to follow it.
  for (let attempt = 0; attempt < 20 && leftRunning(scratch).length > 0; attempt += 1) await delay(250)
  const left = leftRunning(scratch)
  for (const { pid } of left) process.kill(pid, 'SIGKILL')
  const failed = left.map(({ pid, command }) => ({ name, message: `left process ${pid} running: ${command}` }))
  return { ...emptyTally(), failed }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

// A signal, or the death of whoever launched us, ends the running stage and skips the others.
const { signal: stopped } = stopSignals()
stopped.addEventListener('abort', endPrograms)

const asked = process.argv.slice(2)
const chosen = asked.length === 0 ? stages : stages.filter(({ name }) => asked.some((part) => name.startsWith(part)))
const tallies: Tally[] = chosen.length === 0 ? [refuseEmpty(asked.join(' '), emptyTally())] : []
for (const { name, run } of chosen) {
  if (stopped.aborted) break
  print(`\n━━━ ${name} ${'━'.repeat(Math.max(0, 72 - name.length))}`)
  const began = Date.now()
  const tally = refuseEmpty(name, await run(name))
  tallies.push(tally, await endLeftovers(name))
  print(`${name}: ${tally.failed.length === 0 ? 'good' : 'FAILED'}, ${((Date.now() - began) / 1000).toFixed(1)} s`)
}
if (stopped.aborted)
  tallies.push({ ...emptyTally(), failed: [{ name: 'the test command', message: 'it was stopped' }] })
rmSync(scratch, { recursive: true, force: true })

const total = addTallies(tallies)
print(`\n━━━ result ${'━'.repeat(66)}\n${describeTally(total)}`)
process.exitCode = total.failed.length === 0 ? 0 : 1
