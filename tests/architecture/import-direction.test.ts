import { expect, test } from 'vitest'
import { type Edge, importEdges, isTest, readSources } from './source.ts'

type Rule = { rule: string; broken: (edge: Edge) => boolean }

const packageOf = (path: string) => path.split('/', 1)[0] ?? ''
const among = (path: string, ...places: RegExp[]) => places.some((place) => place.test(path))
const inputAndOutput = /^node:(fs|net|http|https|child_process|dgram|tls|worker_threads)(\/|$)/

const rules: Rule[] = [
  {
    rule: 'data imports no other package',
    broken: ({ from, to, inside }) => packageOf(from) === 'data' && inside && packageOf(to) !== 'data' && !isTest(from),
  },
  {
    rule: 'data does no input or output outside formats and tables',
    broken: ({ from, to }) =>
      packageOf(from) === 'data' &&
      inputAndOutput.test(to) &&
      !isTest(from) &&
      !among(from, /^data\/(formats|tables)\//),
  },
  {
    rule: 'the server imports data and itself',
    broken: ({ from, to, inside }) => packageOf(from) === 'server' && inside && !among(to, /^(data|server)\//),
  },
  {
    rule: 'the web imports of the server only the types of its client',
    broken: ({ from, to, typeOnly }) =>
      packageOf(from) === 'web' && packageOf(to) === 'server' && !(typeOnly && to === 'server/client.ts'),
  },
  {
    rule: 'nobody imports tests',
    broken: ({ from, to, inside }) =>
      inside && packageOf(to) === 'tests' && !among(from, /^tests\//, /^vitest\.config\.ts$/),
  },
  {
    rule: 'turf is imported by data/geo, and by the benches that measure against it, alone',
    broken: ({ from, to }) => to.startsWith('@turf/') && !among(from, /^data\/geo\//, /^tests\/bench\//),
  },
  {
    rule: 'Hono is imported where requests are routed and their parameters described alone',
    broken: ({ from, to }) =>
      among(to, /^(hono|@hono\/.*)$/) &&
      !among(
        from,
        /^server\/(.+\/)?([\w-]+-)?(routes|parameters)\.ts$/,
        /^server\/(app|client|site|listen)\.ts$/,
        /^server\/http\//,
        // Schemas that describe themselves in the OpenAPI document.
        /^server\/features\/(items-query|openapi)\.ts$/,
        /^server\/\w+\/parameters\.ts$/,
        /^web\/api\//,
      ),
  },
  {
    rule: 'MapLibre and deck.gl are imported by web/map alone',
    broken: ({ from, to }) =>
      among(to, /^maplibre-gl$/, /^@(deck|luma)\.gl\//) && !among(from, /^web\/map\//) && !isTest(from),
  },
  {
    rule: 'Playwright is imported by tests/e2e/drivers alone',
    broken: ({ from, to }) => among(to, /playwright/) && !among(from, /^tests\/e2e\/drivers\//),
  },
]

function violations(edges: Edge[]): string[] {
  return rules.flatMap(({ rule, broken }) =>
    edges.filter((edge) => broken(edge)).map(({ from, to }) => `${from} imports ${to}: ${rule}`),
  )
}

test('imports point one way, and each library is used by one module', () => {
  const edges = importEdges(readSources())
  expect(edges.length).toBeGreaterThan(50)
  expect(violations(edges)).toEqual([])
})

test.each([
  ['data/domain/a.ts', `import { app } from '../../server/app.ts'`],
  ['data/domain/a.ts', `import { readFileSync } from 'node:fs'`],
  ['server/areas/list.ts', `import { map } from '../../web/map/map.ts'`],
  ['web/api/client.ts', `import { createApp } from '@minqing/server/client'`],
  ['web/api/client.ts', `import type { Database } from '../../server/store/connect.ts'`],
  ['server/app.ts', `import { startCluster } from '../tests/setup/cluster.ts'`],
  ['data/domain/area.ts', `export { area } from '@turf/turf'`],
  ['server/areas/list.ts', `import { Hono } from 'hono'`],
  ['web/screens/map.tsx', `const maplibre = await import('maplibre-gl')`],
  ['tests/e2e/map.test.ts', `import { chromium } from 'playwright-core'`],
])('%s must not say: %s', (path, text) => {
  expect(violations(importEdges([{ path, text }]))).not.toEqual([])
})

test.each([
  ['server/areas/routes.ts', `import { createRoute } from '@hono/zod-openapi'`],
  ['web/api/client.ts', `import type { App } from '@minqing/server/client'\nimport { hc } from 'hono/client'`],
  ['web/map/layers/grids.ts', `import { PolygonLayer } from '@deck.gl/layers'`],
  ['data/geo/area.ts', `import { area } from '@turf/turf'`],
])('%s may say: %s', (path, text) => {
  expect(violations(importEdges([{ path, text }]))).toEqual([])
})
