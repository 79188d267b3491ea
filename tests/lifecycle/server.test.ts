import { mkdtempSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { removeData } from '../setup/start-product.ts'
import {
  addressOf,
  incidents,
  killSupervisors,
  launch,
  leftOf,
  mainArguments,
  minqing,
  postmasterPid,
  type Running,
  startServer,
} from './process.ts'

// One data directory through all of its life: each test starts where the one before has ended.
const directory = realpathSync(mkdtempSync(join(tmpdir(), 'minqing-life-')))
const started: Running[] = []
let known = 0

function start(environment?: Record<string, string>, asOf?: string): Running {
  const running = startServer(directory, environment, asOf)
  started.push(running)
  return running
}

afterEach(async () => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL')
  const left = await leftOf(directory)
  if (left.length > 0) throw new Error(`Left running: ${left.join(', ')}`)
})
afterAll(() => removeData(directory))

describe.skipIf(process.platform !== 'linux')('a server and its embedded database', () => {
  test('the first start makes the demo street, and Ctrl-C ends everything', async () => {
    const server = start()
    const address = await addressOf(server)
    known = await incidents(address)
    expect(known).toBeGreaterThan(1000)
    expect(server.output()).toContain('民情地图已启动')
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
    expect(await leftOf(directory)).toEqual([])
  })

  test('a later start keeps the data, and SIGTERM ends everything', async () => {
    const server = start()
    expect(await incidents(await addressOf(server))).toBe(known)
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })

  test('a second server on the same directory is refused, with the process and address of the first', async () => {
    const first = start()
    const address = await addressOf(first)
    const second = start()
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain(`${first.child.pid} ${address}`)
    expect(second.output()).toContain(directory)
    expect(await incidents(address)).toBe(known)
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)
  })

  test('a command joins the database of a running server and leaves it running', async () => {
    const server = start()
    const address = await addressOf(server)
    const command = minqing(directory, 'migrate')
    expect(await command.ended).toBe(0)
    expect(await incidents(address)).toBe(known)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
  })

  test('a port in use is reported in a sentence, and the database is stopped', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const server = start({ PORT: String(port) })
    expect(await server.ended).toBe(1)
    expect(server.output()).toContain(`127.0.0.1:${port}`)
    expect(server.output()).not.toContain('    at ')
    other.close()
  })

  test('asking twice does not orphan the database', async () => {
    const server = start()
    await addressOf(server)
    server.child.kill('SIGINT')
    await delay(510)
    server.child.kill('SIGINT')
    // When the second comes after our handlers have gone, Node's own answer is as good.
    expect([0, 130, 'SIGINT']).toContain(await server.ended)
    expect(await leftOf(directory)).toEqual([])
  })

  test('Ctrl-C while it is still starting ends it cleanly', async () => {
    const server = start()
    await delay(700)
    server.child.kill('SIGINT')
    // Before our handlers stand, Node's own answer to the signal is as good.
    expect([0, 'SIGINT']).toContain(await server.ended)
  })

  test('after kill -9 the database ends by itself, and the next start recovers', async () => {
    const killed = start()
    await addressOf(killed)
    killed.child.kill('SIGKILL')
    expect(await killed.ended).toBe('SIGKILL')
    const next = start()
    expect(await incidents(await addressOf(next))).toBe(known)
    next.child.kill('SIGINT')
    expect(await next.ended).toBe(0)
  })

  test('a database whose supervisor was killed as well is stopped by the next start', async () => {
    const killed = start()
    await addressOf(killed)
    const orphan = postmasterPid(directory)
    // Stopped, so that it does not notice the end of its supervisor before it is killed itself.
    killed.child.kill('SIGSTOP')
    killSupervisors(directory)
    killed.child.kill('SIGKILL')
    await killed.ended
    const next = start()
    const address = await addressOf(next)
    expect(next.output()).toContain('Recovering the database')
    expect(postmasterPid(directory)).not.toBe(orphan)
    expect(await incidents(address)).toBe(known)
    next.child.kill('SIGINT')
    expect(await next.ended).toBe(0)
  })

  test('a database that dies under the server is started again', async () => {
    const server = start()
    const address = await addressOf(server)
    process.kill(postmasterPid(directory), 'SIGKILL')
    await expect.poll(() => incidents(address).catch(() => 0), { timeout: 60_000 }).toBe(known)
    expect(server.output()).toContain('ended unexpectedly')
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
  })

  test('it ends with the package manager that had started it', async () => {
    const script = [process.execPath, ...mainArguments(directory)].map((part) => `'${part}'`).join(' ')
    const npm = launch('npm', ['exec', '--offline', '-c', `${script}; true`])
    started.push(npm)
    await addressOf(npm)
    npm.child.kill('SIGKILL')
    expect(await leftOf(directory)).toEqual([])
    await expect.poll(npm.output, { timeout: 60_000 }).toContain('已结束')
  })

  test('a start on a later day serves at once, and carries the demo on meanwhile', async () => {
    const later = '2026-11-23T08:00:00+08:00'
    // A signal in the midst of it ends it, and the next start begins it again.
    const interrupted = start({}, later)
    await addressOf(interrupted)
    interrupted.child.kill('SIGINT')
    expect(await interrupted.ended).toBe(0)
    const server = start({}, later)
    const address = await addressOf(server)
    await expect.poll(() => incidents(address), { timeout: 60_000 }).toBeGreaterThan(known)
    const answer = await fetch(`${address}/api/summary?datetime=2026-11-22T08:00:00%2B08:00/..`)
    expect(((await answer.json()) as { total: number }).total).toBeGreaterThan(0)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
  })
})
