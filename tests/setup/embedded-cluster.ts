import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connect } from '../../server/store/connect.ts'
import { lockDirectory } from '../../server/store/embedded/lock.ts'
import { clusterHome } from '../../server/store/embedded/place.ts'
import { startEmbedded } from '../../server/store/embedded/start-embedded.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { onCluster, type TestCluster } from '../../server/store/test-database.ts'

/** Before the tests of `api-embedded`: the PostgreSQL that the product brings with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  return provideCluster(project, await startEmbeddedCluster())
}

export type RunningCluster = { cluster: TestCluster; stop: () => Promise<void> }

/** Migrates the template that each test database is copied from, and provides the cluster's address to the tests. */
export async function provideCluster(
  project: TestProject,
  { cluster, stop }: RunningCluster,
): Promise<() => Promise<void>> {
  try {
    const owner = connect({ url: cluster.url, poolSize: 1 })
    await owner`create database minqing_template`
    await owner.end()
    const template = connect({ url: onCluster(cluster, 'minqing_template'), poolSize: 1 })
    await migrate(template)
    await template.end()
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('cluster', cluster)
  return stop
}

/** The PostgreSQL that the product brings with it, started as the product starts it; `durable` also writes as it does. */
export async function startEmbeddedCluster({ durable = false } = {}): Promise<RunningCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'minqing-embedded-'))
  const lock = lockDirectory(directory, 'test')
  if (lock === undefined) throw new Error(`${directory} is in use`)
  const remove = (service: string) => {
    lock.release()
    for (const place of [directory, service]) rmSync(place, { recursive: true, force: true })
  }
  try {
    const { url, stop } = await startEmbedded(directory, lock, { report: () => {}, lost: () => {} })
    // Another account's database lies elsewhere, with a link to it in our directory.
    const service = dirname(realpathSync(clusterHome(directory)))
    if (!durable) await spareTheDisk(url)
    const stopAndRemove = async () => {
      await stop('fast')
      remove(service)
    }
    return { cluster: { name: 'embedded', url }, stop: stopAndRemove }
  } catch (error) {
    remove(directory)
    throw error
  }
}

/** Tests may lose their data with the machine; they may not wait for the disk. */
async function spareTheDisk(url: string): Promise<void> {
  const owner = connect({ url, poolSize: 1 })
  await owner`alter system set fsync = off`
  await owner`alter system set synchronous_commit = off`
  await owner`select pg_reload_conf()`
  await owner.end()
}
