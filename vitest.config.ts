import { globSync, readFileSync } from 'node:fs'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const excluded = ['**/node_modules/**', '**/dist/**', '**/.minqing*/**']

/** A test beside its file in `server/` that asks for a database runs on every cluster; the others run once. */
const serverTests = globSync('server/**/*.test.ts', { exclude: ['**/node_modules/**'] }).toSorted()
const storeTests = serverTests.filter((path) => /createTestDatabase|\/test-/.test(readFileSync(path, 'utf8')))
const plainServerTests = serverTests.filter((path) => !storeTests.includes(path))

function project(name: string, include: string[], more: Record<string, unknown> = {}): TestProjectInlineConfiguration {
  return { test: { name, include, exclude: excluded, ...more } }
}

/** The API project of one cluster: `tests/setup/<cluster>-cluster.ts` starts it before the first test. */
function onCluster(cluster: 'embedded' | 'server'): TestProjectInlineConfiguration {
  return project(`api-${cluster}`, [...storeTests, 'tests/api/**/*.test.ts'], {
    globalSetup: [`tests/setup/${cluster}-cluster.ts`],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  })
}

export default defineConfig({
  test: {
    // Two cores are the smallest machine we support; more workers only fight for them.
    maxWorkers: 2,
    projects: [
      project(
        'unit',
        ['data/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'tests/{setup,bench}/**/*.test.ts', ...plainServerTests],
        // A busy machine is no failure; the demo street's tests alone compute for seconds.
        { testTimeout: 60_000 },
      ),
      onCluster('embedded'),
      onCluster('server'),
      project('lifecycle', ['tests/lifecycle/**/*.test.ts'], {
        // Real processes whose start is waited for: on two cores they only slow each other down.
        fileParallelism: false,
        testTimeout: 120_000,
        hookTimeout: 60_000,
      }),
      project('reference', ['tests/reference/**/*.test.ts'], { testTimeout: 60_000 }),
      project('architecture', ['tests/architecture/**/*.test.ts'], { testTimeout: 60_000 }),
      project('e2e', ['tests/e2e/**/*.test.ts'], {
        globalSetup: ['tests/e2e/world/provide-site.ts'],
        fileParallelism: false,
        testTimeout: 120_000,
        // A frame takes long without a graphics card.
        expect: { poll: { timeout: 30_000, interval: 250 } },
        hookTimeout: 240_000,
      }),
    ],
  },
})
