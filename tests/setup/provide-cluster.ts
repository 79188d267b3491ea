import type { TestProject } from 'vitest/node'
import { connect } from '../../server/store/connect.ts'
import { migrate } from '../../server/store/migrate.ts'
import { onCluster, type TestCluster } from '../../server/store/test-database.ts'

export type RunningCluster = { cluster: TestCluster; stop: () => Promise<void> }

/** Migrates the template that each test database is copied from, and tells the tests where the cluster is. */
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
