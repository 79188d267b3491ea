import { globSync, readFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const excluded = ['**/node_modules/**', '**/dist/**', '**/.minqing*/**']

/** Tests beside their files in `server/` that ask for a database; the others belong to `unit`. */
const serverTests = globSync('server/**/*.test.ts', { exclude: ['**/node_modules/**'] }).toSorted()
const storeTests = serverTests.filter((path) => /createTestDatabase|\/test-/.test(readFileSync(path, 'utf8')))
const plainServerTests = serverTests.filter((path) => !storeTests.includes(path))

/**
 * What can differ between clusters (version, roles, connection, extensions): these run on the installed PostgreSQL as
 * well, and every statement of the others is prepared there (`tests/api/every-statement.test.ts`). With
 * MINQING_TEST_FULL=1 all of them run there.
 */
const clusterTests = [
  'server/{store,migrations,counts}/**/*.test.ts',
  'server/imports/**/{repeats,copy-rows}.test.ts',
  'tests/api/{own-database,scope,hidden-fields,summary,columns,every-statement,incident-model,valid-boundaries}.test.ts',
]

/** Files of one worker share their modules: loading them again for each file was a third of the computing. */
const shared = { isolate: false }

function project(name: string, include: string[], more: Record<string, unknown> = {}): TestProjectInlineConfiguration {
  return { test: { name, include, exclude: excluded, ...more } }
}

/** The API project of one cluster: `tests/setup/<cluster>-cluster.ts` starts it before the first test. */
function onCluster(cluster: 'embedded' | 'server'): TestProjectInlineConfiguration {
  const foreign = {
    embedded: [
      'server/store/postgis.test.ts',
      'tests/api/every-statement.test.ts',
      'tests/api/valid-boundaries.test.ts',
    ],
    server: ['server/store/without-postgis.test.ts'],
  }[cluster]
  const all = [...storeTests, ...globSync('tests/api/**/*.test.ts')].filter((path) => !foreign.includes(path))
  const isFull = cluster === 'embedded' || process.env['MINQING_TEST_FULL'] === '1'
  const include = isFull ? all : all.filter((path) => clusterTests.some((pattern) => matchesGlob(path, pattern)))
  return project(`api-${cluster}`, include, {
    globalSetup: [`tests/setup/${cluster}-cluster.ts`],
    ...shared,
    // A busy machine is no failure: each import starts a process.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  })
}

export default defineConfig({
  test: {
    // Nothing here measures speed: a busy machine is waited for.
    expect: { poll: { timeout: 120_000, interval: 50 } },
    // Two cores are the smallest machine we support; more workers only fight for them.
    maxWorkers: 2,
    projects: [
      project(
        'unit',
        ['data/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'tests/{setup,bench}/**/*.test.ts', ...plainServerTests],
        // A busy machine is no failure; the demo street's tests alone compute for seconds.
        { testTimeout: 120_000, ...shared },
      ),
      onCluster('embedded'),
      onCluster('server'),
      project('lifecycle', ['tests/lifecycle/**/*.test.ts'], {
        // Real processes whose start is waited for: on two cores they only slow each other down.
        fileParallelism: false,
        testTimeout: 240_000,
        hookTimeout: 180_000,
      }),
      project('reference', ['tests/reference/**/*.test.ts'], { testTimeout: 120_000, ...shared }),
      project('architecture', ['tests/architecture/**/*.test.ts'], { testTimeout: 120_000, ...shared }),
      project('e2e', ['tests/e2e/**/*.test.ts'], {
        globalSetup: ['tests/e2e/world/provide-site.ts'],
        fileParallelism: false,
        // They share one browser as well.
        ...shared,
        testTimeout: 400_000,
        // A frame takes long without a graphics card.
        expect: { poll: { timeout: 180_000, interval: 250 } },
        hookTimeout: 400_000,
      }),
    ],
  },
})
