import { expect, test } from 'vitest'
import { isTest, readSources, type Source, walk } from './source.ts'

/** Addresses that are names, not places: nothing is fetched from them. */
const names = [
  /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]|\$\{)/,
  /^http:\/\/www\.w3\.org\//,
  /^https?:\/\/www\.opengis\.net\//,
  /^https:\/\/(tools\.ietf\.org|www\.rfc-editor\.org|datatracker\.ietf\.org)\//,
  /^https:\/\/geojson\.org\//,
  /^https:\/\/spec\.openapis\.org\//,
  /^https:\/\/json-schema\.org\//,
  // Namespaces of Office Open XML, the schema of PROJJSON and the document type of QML.
  /^http:\/\/schemas\.openxmlformats\.org\//,
  /^https:\/\/proj\.org\/schemas\//,
  /^http:\/\/mrcc\.com\/qgis\.dtd$/,
  // Classes of authentication in OpenID Connect.
  /^https:\/\/refeds\.org\/profile\//,
  /^http:\/\/schemas\.openid\.net\//,
]
const address = /\bhttps?:\/\/[^\s'"`<>)\\]+/g

const outside = (text: string) => (text.match(address) ?? []).filter((url) => !names.some((name) => name.test(url)))

/** Addresses in the strings of a module; comments may cite their sources. */
function addressesIn(source: Source): string[] {
  const found: string[] = []
  walk(source, (node) => {
    const literal = node.type === 'Literal' || node.type === 'JSXText' ? node['value'] : undefined
    const value = node['value']
    const template = node.type === 'TemplateElement' && typeof value === 'object' && value !== null && 'raw' in value
    const text = template ? value.raw : literal
    if (typeof text === 'string') found.push(...outside(text))
  })
  return found.map((url) => `${source.path}: ${url}`)
}

/** What a browser loads by itself from a page or a style sheet. */
function loadedBy({ path, text }: Source): string[] {
  const loads = [
    ...text.matchAll(/<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=["']?((?:https?:)?\/\/[^"'\s>]+)/gi),
    ...text.matchAll(/(?:url\(|@import)\s*["']?((?:https?:)?\/\/[^"')\s]+)/gi),
  ]
  return loads.map(([, url]) => `${path}: ${url}`)
}

/** What a bundled library could fetch from a place that it knows by itself: content networks, tiles, fonts. */
const networks =
  /\b(?:unpkg\.com|jsdelivr\.net|cdnjs|cdn\.|esm\.sh|skypack|fonts\.g(?:oogleapis|static)\.com|tile\.openstreetmap|api\.mapbox|demotiles|googletagmanager|sentry\.io)/g

/**
 * loaders.gl, which deck.gl brings, would fetch workers for file formats that no layer of ours reads; the page's
 * content security policy (`server/http/static.ts`) forbids it as well.
 */
const neverAsked = /https:\/\/unpkg\.com\/@loaders\.gl/g

test('our own code names no place outside', () => {
  const ours = readSources(['{data,server,web}/**/*.{ts,tsx}']).filter(({ path }) => !isTest(path))
  expect(ours.length).toBeGreaterThan(20)
  expect(ours.flatMap(addressesIn)).toEqual([])
  expect(readSources(['web/**/*.{css,html}']).flatMap(loadedBy)).toEqual([])
})

test('the built web app loads nothing from outside', ({ skip }) => {
  const built = readSources(['web/dist/**/*.{html,css,js,mjs}'], /(^|\/)node_modules(\/|$)/)
  skip(built.length === 0, 'the web app is not built')
  expect(built.filter(({ path }) => !/\.m?js$/.test(path)).flatMap(loadedBy)).toEqual([])
  const scripts = built.filter(({ path }) => /\.m?js$/.test(path))
  const reached = scripts.flatMap(({ path, text }) =>
    [...text.replaceAll(neverAsked, '').matchAll(networks)].map(([host]) => `${path}: ${host}`),
  )
  expect(reached).toEqual([])
})

test('addresses outside are found, names are not', () => {
  const text = `// see https://example.org/paper
    export const tiles = 'https://tile.example.org/{z}', same = \`http://cdn.example.org/\${tiles}\`
    export const type = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core'`
  expect(addressesIn({ path: 'web/map/style.ts', text })).toEqual([
    'web/map/style.ts: https://tile.example.org/{z}',
    'web/map/style.ts: http://cdn.example.org/',
  ])
  const page = `<script src="//a.example.org/x.js"></script><img src="/own.png"><style>@import "https://b.example.org/y.css"; a { background: url(https://c.example.org/z.png) }</style>`
  expect(loadedBy({ path: 'index.html', text: page })).toHaveLength(3)
  expect('fetch("https://cdn.jsdelivr.net/npm/x")'.match(networks)).not.toBeNull()
})
