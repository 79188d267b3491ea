/** The test command: every stage, then each failure and skip by name, then the count as the last line. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { buildWeb } from '../server/build-web.ts'
import { buildReader } from '../server/imports/read/build-reader.ts'
import { stopSignals } from '../server/stop-signals.ts'
import {
  canUseApt,
  requireChromium,
  requireGdal,
  type Requirement,
  requirePostgis,
  requirePostgres,
} from './setup/requirements.ts'
import { endPrograms, leftRunning, runProgram } from './setup/run-program.ts'
import { addTallies, describeTally, emptyTally, refuseEmpty, type Tally } from './setup/tally.ts'

/** `output` collects what the stage's programs write: it is printed when the stage has ended. */
type Stage = { name: string; run: (context: StageContext) => Promise<Tally> }
type StageContext = { name: string; environment: Record<string, string>; output: (text: string) => void }

const minute = 60_000
const root = join(import.meta.dirname, '..')
// Every temporary file of the run lies in here, in a folder for each stage.
const scratch = mkdtempSync(join(tmpdir(), 'minqing-test-'))
chmodSync(scratch, 0o755)
const statements = join(scratch, 'statements')
const path = [join(root, 'node_modules/.bin'), join(root, 'tests/node_modules/.bin'), process.env['PATH']].join(
  delimiter,
)

/** What the other stages run: the web app and the reader of files as `start` builds them. */
const first: Stage = { name: 'build', run: build }

/**
 * Two lanes, which run beside each other: most stages wait for processes, pages and disks and leave a core idle. The
 * longest stage comes first in its lane; each lane's stages run in order.
 */
const lanes: Stage[][] = [
  [suite('e2e', { needs: requireChromium, limit: 40 * minute })],
  [
    suite('api-embedded', { needs: optional(requireGdal), limit: 20 * minute }),
    suite('api-server', { needs: requireServer, limit: 20 * minute }),
    suite('lifecycle'),
    // What api-embedded and api-server recorded.
    check('statements', 'node', [join(root, 'tests/architecture/check-statements.ts'), statements]),
    // Those of data and server as well: one program instead of three that read the same files.
    check('types', 'tsc', ['-p', 'tests']),
    check('types of web', 'tsc', ['-p', 'web']),
    check('lint', 'oxlint', ['--type-aware']),
    check('format', 'oxfmt', ['--check']),
    check('dead code', 'knip', ['--no-progress']),
    check('mutants', 'node', ['--disable-warning=ExperimentalWarning', join(root, 'tests/mutants.ts')]),
    suite('unit', { projects: ['unit', 'reference', 'architecture'] }),
  ],
]

/** A static check: one program, one test. */
function check(name: string, program: string, args: string[]): Stage {
  const run = async ({ environment, output }: StageContext) => {
    const failed = await runProgram(program, args, { limit: 10 * minute, environment, output })
    return failed === undefined
      ? { ...emptyTally(), passed: 1 }
      : { ...emptyTally(), failed: [{ name, message: failed }] }
  }
  return { name, run }
}

async function build({ name, output }: StageContext): Promise<Tally> {
  try {
    await buildReader()
    await buildWeb(AbortSignal.any([stopped, AbortSignal.timeout(10 * minute)]), (line) => output(`${line}\n`))
    return { ...emptyTally(), passed: 1 }
  } catch (error) {
    return { ...emptyTally(), failed: [{ name, message: (error as Error).message }] }
  }
}

type SuiteOptions = { projects?: string[]; needs?: (report: typeof print) => Promise<Requirement>; limit?: number }

/** One start of Vitest for projects of vitest.config.ts: the one of the stage's name unless `projects` are given. */
function suite(name: string, { projects = [name], needs, limit = 20 * minute }: SuiteOptions = {}): Stage {
  const run = async ({ environment, output }: StageContext) => {
    const requirement = await needs?.((line) => output(`${line}\n`))
    if (requirement !== undefined && 'missing' in requirement) return withoutRequirement(name, requirement.missing)
    const file = join(scratch, `${name}.json`)
    const reporters = ['--reporter=default', '--reporter=./tests/setup/tally.ts']
    const failed = await runProgram(
      'vitest',
      ['run', ...projects.map((project) => `--project=${project}`), ...reporters],
      {
        limit,
        environment: { ...environment, MINQING_TALLY: file },
        output,
      },
    )
    const tally = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : emptyTally()
    if (failed !== undefined && tally.failed.length === 0) tally.failed.push({ name, message: failed })
    return tally
  }
  return { name, run }
}

/** What a machine cannot have is skipped by name; where it could be installed and must run, that is a failure. */
function withoutRequirement(name: string, reason: string): Tally {
  if (process.env['CI'] && canUseApt()) return { ...emptyTally(), failed: [{ name, message: reason }] }
  return { ...emptyTally(), skipped: [{ name: `${name} (all of it)`, reason }] }
}

/** The second cluster, with PostGIS where it can be had; CI must have it. */
async function requireServer(report: typeof print): Promise<Requirement> {
  const postgres = await requirePostgres(report)
  if ('missing' in postgres) return postgres
  const postgis = await requirePostgis(report)
  if (!('missing' in postgis)) return postgres
  report(postgis.missing)
  return process.env['CI'] && canUseApt() ? postgis : postgres
}

/** Tries to get it; the tests that need it skip themselves where it is missing. */
function optional(find: NonNullable<SuiteOptions['needs']>): NonNullable<SuiteOptions['needs']> {
  return async (report) => {
    const requirement = await find(report)
    if ('missing' in requirement) report(requirement.missing)
    return { path: '' }
  }
}

/** Whatever outlives its stage is ended and reported: the command leaves nothing running. */
async function endLeftovers({ name, environment }: StageContext): Promise<Tally> {
  const mark = environment['MINQING_TEST_RUN'] ?? scratch
  // A browser's helpers take a moment to follow it.
  for (let attempt = 0; attempt < 20 && leftRunning(mark).length > 0; attempt += 1) await delay(250)
  const left = leftRunning(mark)
  for (const { pid } of left) process.kill(pid, 'SIGKILL')
  const failed = left.map(({ pid, command }) => ({ name, message: `left process ${pid} running: ${command}` }))
  return { ...emptyTally(), failed }
}

/** Runs one stage in a folder of its own and prints its output as one block. */
async function runStage({ name, run }: Stage): Promise<Tally[]> {
  print(`${name}: begins`)
  const began = Date.now()
  const own = join(scratch, name.replaceAll(' ', '-'), 'tmp')
  mkdirSync(own, { recursive: true })
  const environment = {
    PATH: path,
    TMPDIR: own,
    MINQING_TEST_RUN: own,
    MINQING_STATEMENTS: statements,
    // Every process of ours that the tests start finds its modules compiled.
    NODE_COMPILE_CACHE: join(scratch, 'compiled'),
  }
  const pieces: string[] = []
  const context = { name, environment, output: (text: string) => void pieces.push(text) }
  const tally = refuseEmpty(name, await run(context))
  const left = await endLeftovers(context)
  print(`\n━━━ ${name} ${'━'.repeat(Math.max(0, 72 - name.length))}\n${pieces.join('').trimEnd()}`)
  const isGood = tally.failed.length + left.failed.length === 0
  print(`${name}: ${isGood ? 'good' : 'FAILED'}, ${((Date.now() - began) / 1000).toFixed(1)} s`)
  return [tally, left]
}

async function runLane(stages: Stage[]): Promise<Tally[]> {
  const tallies: Tally[] = []
  for (const stage of stages) if (!stopped.aborted) tallies.push(...(await runStage(stage)))
  return tallies
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

// A signal, or the death of whoever launched us, ends the running stages and skips the others.
const { signal: stopped } = stopSignals()
stopped.addEventListener('abort', endPrograms)

const asked = process.argv.slice(2)
const isChosen = ({ name }: Stage) => asked.length === 0 || asked.some((part) => name.startsWith(part))
const chosen = lanes.map((stages) => stages.filter(isChosen))
const tallies = await runLane([first])
tallies.push(...(await Promise.all(chosen.map(runLane))).flat())
if (chosen.flat().length === 0 && !isChosen(first)) tallies.push(refuseEmpty(asked.join(' '), emptyTally()))
if (stopped.aborted)
  tallies.push({ ...emptyTally(), failed: [{ name: 'the test command', message: 'it was stopped' }] })
rmSync(scratch, { recursive: true, force: true })

const total = addTallies(tallies)
print(`\n━━━ result ${'━'.repeat(66)}\n${describeTally(total)}`)
process.exitCode = total.failed.length === 0 ? 0 : 1
