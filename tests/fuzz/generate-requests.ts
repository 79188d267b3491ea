import * as fc from 'fast-check'
import { jsonBodies, uploads } from './bodies.ts'
import { filters } from './filters.ts'
import { accepted, hostile, mutated } from './hostile-values.ts'
import type { Operation, Parameter } from './openapi-operations.ts'

/** A request as it is sent; `target` is what stands in its first line, `{import}` the id of a file that was uploaded. */
export type GeneratedRequest = {
  operation: string
  method: string
  target: string
  headers: Readonly<Record<string, string>>
  body: string | undefined
}

/** Values that exist, by the name of the parameter that takes them. */
export type Known = ReadonlyMap<string, readonly string[]>

/** Null but for one of so many. */
function rarely<T>(arbitrary: fc.Arbitrary<T>, oneOf: number): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: oneOf - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Requests for the operations of an API: as described, nearly so, and hostile, in every parameter, header and body. */
export function generateRequests(operations: readonly Operation[], known: Known): fc.Arbitrary<GeneratedRequest> {
  return fc.oneof(
    ...operations.map((operation) => ({
      // Each body that is read starts a process.
      weight: operation.body === undefined ? 8 : 2,
      arbitrary: requestFor(operation, known),
    })),
  )
}

function requestFor(operation: Operation, known: Known): fc.Arbitrary<GeneratedRequest> {
  const { method, path, parameters, body } = operation
  const query = parameters.filter((parameter) => parameter.in === 'query')
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  return fc
    .record({
      method: fc.oneof({ weight: 30, arbitrary: fc.constant(method) }, fc.constantFrom(...methods)),
      segments: fc.tuple(
        ...inPath.map((parameter) => valueOf(parameter, known).map((value) => [parameter.name, value])),
      ),
      query: someOf(query, known),
      extra: rarely(fc.tuple(fc.oneof(hostile, fc.constantFrom('f', 'area', 'limit', 'tpye')), hostile), 12),
      headers: someHeaders,
      name: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...fileNames) }, hostile.map(printable)),
      content: contentOf(operation),
      rough: rarely(fc.constantFrom('%', '%zz', '%00', '%ff', '?', '#', '//', ';', '%2f', '+'), 25),
    })
    .map(({ method, segments, query, extra, headers, name, content, rough }) => {
      const filled = segments.reduce(
        (text, [key = '', value = '']) => text.replace(`{${key}}`, () => segment(value)),
        path,
      )
      const pairs = extra === null ? query : [...query, extra]
      const search = pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&')
      const target = `/api${filled === '/' ? '' : filled}${search === '' ? '' : `?${search}`}${rough ?? ''}`
      const own: Record<string, string> =
        body === undefined ? {} : { 'content-type': body.type, 'content-disposition': name }
      const sent = method === 'GET' || method === 'HEAD' ? undefined : (content ?? undefined)
      return { operation: `${operation.method} ${path}`, method, target, headers: { ...own, ...headers }, body: sent }
    })
}

/** A value that is there, one that the schema takes, one that is nearly right, or a hostile one. */
function valueOf({ name, schema }: Parameter, known: Known): fc.Arbitrary<string> {
  const existing = known.get(name) ?? []
  const right = existing.length === 0 ? accepted(schema) : fc.oneof(fc.constantFrom(...existing), accepted(schema))
  if (name === 'filter') return fc.oneof({ weight: 6, arbitrary: filters }, mutated(filters), hostile)
  return fc.oneof(
    { weight: 6, arbitrary: right },
    { weight: 1, arbitrary: mutated(right) },
    { weight: 1, arbitrary: hostile },
  )
}

/** Those that are required nearly always, of the others a few. */
function someOf(parameters: readonly Parameter[], known: Known): fc.Arbitrary<[string, string][]> {
  const each = parameters.map((parameter) => {
    const given = valueOf(parameter, known).map((value): [string, string] => [parameter.name, value])
    return parameter.required === true ? fc.option(given, { freq: 20 }) : rarely(given, 4)
  })
  return fc.tuple(...each).map((pairs) => pairs.filter((pair) => pair !== null))
}

function contentOf({ body }: Operation): fc.Arbitrary<string | null> {
  if (body === undefined) return rarely(fc.constantFrom('', '{}', 'a'.repeat(2000)), 20)
  return body.type === 'application/json' ? jsonBodies(body.schema) : uploads
}

const fileNames = ["attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.csv", 'attachment; filename=a.geojson', 'a', '']

const headers: readonly [name: string, values: fc.Arbitrary<string>][] = [
  ['accept', fc.oneof(fc.constantFrom('application/json', 'text/html', '*/*', 'a/b;q=x'), hostile)],
  ['accept-language', fc.oneof(fc.constantFrom('zh-CN', 'en;q=0.5', 'fr'), hostile)],
  ['accept-encoding', fc.oneof(fc.constantFrom('br', 'gzip', 'identity;q=0'), hostile)],
  ['if-none-match', fc.oneof(fc.constantFrom('*', 'W/"a"', '"'), hostile)],
  ['cookie', fc.oneof(fc.constantFrom('minqing-position=0/1', 'minqing-position=FFFFFFFF/FFFFFFFF'), hostile)],
  ['range', fc.constantFrom('bytes=0-0', 'bytes=-1', 'lines=1')],
  ['content-type', fc.constantFrom('text/plain', 'application/json; charset=utf-16', 'application/JSON', 'x')],
  ['host', fc.constantFrom('localhost', '127.0.0.1', 'a b', '[::1', 'x:99999', '', 'minqing.example')],
  ['origin', fc.constantFrom('null', 'http://[', 'https://elsewhere.example')],
]

/** None for most requests, else up to three. */
const someHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .subarray([...headers], { minLength: 1, maxLength: 3 })
      .chain((chosen) => fc.tuple(...chosen.map(([name, values]) => values.map((value) => [name, printable(value)]))))
      .map((pairs) => Object.fromEntries(pairs) as Record<string, string>),
  },
)

/** What Node sends as a header at all. */
function printable(value: string): string {
  return value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 2000)
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** Of a path: a placeholder stays one. */
function segment(value: string): string {
  return value === '{import}' ? value : encode(value)
}
