import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chooseIdentity } from '../../server/store/embedded/identity.ts'
import { lockDirectory } from '../../server/store/embedded/lock.ts'
import { packagedPrograms } from '../../server/store/embedded/initialise.ts'
import { startEmbedded } from '../../server/store/embedded/start-embedded.ts'
import { connect } from '../../server/store/connect.ts'
import { removeData } from '../setup/start-product.ts'
import { leftOf, minqing } from './process.ts'

const isRoot = process.getuid?.() === 0
let parent: string

beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'minqing-base-')))
})
afterEach(async () => {
  const left = await leftOf(parent)
  if (left.length > 0) throw new Error(`Left running: ${left.join(', ')}`)
  for (const name of readdirSync(parent)) removeData(join(parent, name))
  rmSync(parent, { recursive: true, force: true })
})

/** Root without user namespaces keeps its database in another account's directory, not in its own. */
function isElsewhere(): boolean {
  const reach = { programs: packagedPrograms().postgres, directory: parent }
  return chooseIdentity(join(parent, 'none'), reach).kind === 'account'
}

function socketDirectories(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^minqing-\w{6}$/.test(name))
}

/** Starts, migrates and stops the database; what was said and how it ended. */
async function migrated(directory: string): Promise<string> {
  const command = minqing(directory, 'migrate')
  return `${await command.ended} ${command.output()}`
}

const good = /^0 .*up to date/

describe.skipIf(process.platform !== 'linux')('the embedded database', () => {
  test('works at the end of a path that is too long for a socket, and clears its directory up', async () => {
    const before = socketDirectories()
    const directory = join(parent, ...Array.from({ length: 8 }, (_, i) => `${i}很长的目录名${'x'.repeat(20)}`))
    expect(await migrated(directory)).toMatch(good)
    expect(await migrated(directory)).toMatch(good)
    expect(socketDirectories()).toEqual(before)
  })

  test('works in a directory with spaces, quotes and commas', async () => {
    expect(await migrated(join(parent, `a "b", 'c' $d`))).toMatch(good)
  })

  test('is shared by commands that start together', async () => {
    await migrated(join(parent, 'shared'))
    const commands = Array.from({ length: 3 }, () => minqing(join(parent, 'shared'), 'migrate'))
    expect(await Promise.all(commands.map(({ ended }) => ended))).toEqual([0, 0, 0])
  })

  test('is made by whichever of several first commands comes first', async () => {
    const commands = Array.from({ length: 2 }, () => minqing(join(parent, 'fresh'), 'migrate'))
    expect(await Promise.all(commands.map(({ ended }) => ended))).toEqual([0, 0])
  })

  test('is created again after a first start was killed half-way', async ({ skip }) => {
    skip(isElsewhere(), 'root has no user namespaces here')
    mkdirSync(join(parent, 'half', 'postgres.new'), { recursive: true })
    writeFileSync(join(parent, 'half', 'postgres.new', 'PG_VERSION'), '18\n')
    expect(await migrated(join(parent, 'half'))).toMatch(good)
    expect(existsSync(join(parent, 'half', 'postgres.new'))).toBe(false)
  })

  test('is not opened when another version of PostgreSQL has made it', async ({ skip }) => {
    skip(isElsewhere(), 'root has no user namespaces here')
    mkdirSync(join(parent, 'old', 'postgres'), { recursive: true })
    writeFileSync(join(parent, 'old', 'postgres', 'PG_VERSION'), '14\n')
    const command = minqing(join(parent, 'old'), 'migrate')
    expect(await command.ended).toBe(2)
    expect(command.output()).toContain('was made by PostgreSQL 14')
  })

  test('says what is wrong with a directory that cannot be written', async () => {
    writeFileSync(join(parent, 'file'), '')
    const command = minqing(join(parent, 'file'), 'migrate')
    expect(await command.ended).toBe(2)
    expect(command.output()).toContain('cannot be written')
  })

  test.skipIf(!isRoot)('runs as another account where root has no user namespaces', async () => {
    const directory = join(parent, 'account')
    const lock = lockDirectory(directory, 'test')
    if (lock === undefined) throw new Error('somebody has a new directory')
    const options = { report: () => {}, lost: () => {}, allowNamespace: false }
    const first = await startEmbedded(directory, lock, options)
    const place = dirname(readlinkSync(join(directory, 'postgres')))
    try {
      await ask(first.url, 'create table kept as select 1 as one')
      await first.stop('fast')
      const second = await startEmbedded(directory, lock, options)
      expect(await ask(second.url, 'select one from kept')).toEqual([{ one: 1 }])
      await second.stop('fast')
    } finally {
      lock.release()
      expect(await leftOf(place)).toEqual([])
      rmSync(place, { recursive: true, force: true })
    }
  })
})

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const database = connect({ url, poolSize: 1 })
  try {
    return [...(await database.unsafe(statement))]
  } finally {
    await database.end()
  }
}
