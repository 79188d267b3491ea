import { connect } from '../../server/store/connect.ts'
import { migrate } from '../../server/store/migrate.ts'
import type { TestProject } from 'vitest/node'
import type { TestCluster } from '../../server/store/test-database.ts'
import { startCluster } from './cluster.ts'

/** Starts a cluster for a project's tests and migrates the template that each test database is copied from. */
export async function provideCluster(
  project: TestProject,
  name: TestCluster['name'],
  bin: string,
): Promise<() => Promise<void>> {
  const { cluster, stop } = await startCluster(name, bin)
  try {
    const owner = connect({ url: `${cluster.url}postgres`, poolSize: 1 })
    await owner`create database minqing_template`
    await owner.end()
    const template = connect({ url: `${cluster.url}minqing_template`, poolSize: 1 })
    await migrate(template)
    await template.end()
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('cluster', cluster)
  return stop
}
