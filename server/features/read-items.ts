import { setImmediate as nextTurn } from 'node:timers/promises'
import { intersectsBox } from '@minqing/data/geo/intersects'
import type { Geometry } from 'geojson'
import { asBoxes } from '../store/geometry.ts'
import { allOf, type Fragment, listed } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAhead } from '../store/read-ahead.ts'
import type { Scope } from '../store/scope.ts'
import { featureText } from './read-feature.ts'
import type { FeatureSource } from './feature-source.ts'
import { filterCondition } from './filter/filter-condition.ts'
import { prepareIntersects } from './filter/intersects.ts'
import { encodeKey, type ItemsQuery } from './items-query.ts'
import { type Link, mediaTypes, withParameter } from './links.ts'

export type ItemsPage = {
  /** GeoJSON features as UTF-8, in slices of some hundred, separated by commas. */
  slices: Buffer[]
  numberReturned: number
  /** Of all pages; only for the first page, and where it can be counted quickly. */
  numberMatched: number | undefined
  /** Key of the last feature where more follow. */
  last: string[] | undefined
}

const rowsPerFetch = 1000
/** Features written before others have their turn on the event loop: some milliseconds. */
const featuresPerSlice = 200
/** Rows that are counted for a page, about a second's work: a map that is moved over a city asks with each move. */
const mostCounted = 1_000_000

/**
 * One page of a collection. The page is bounded (`maxLimit`), so its text is gathered here and the connection is free
 * before a slow client has read it. Pages follow the primary key (`<table>_pkey`): rows written meanwhile neither
 * repeat nor hide others. Only the first page is counted for (OGC 17-069r4, /per/core/fc-numberMatched): a client that
 * walks through ten million rows would have them counted a thousand times.
 *
 * @param scope whose transaction it is.
 */
export async function readItems(
  transaction: Transaction,
  source: FeatureSource,
  query: ItemsQuery,
  scope: Scope,
): Promise<ItemsPage> {
  const { limit, after, crs, filter } = query
  const beside = await besideTheBox(transaction, source, query)
  const others = itemsConditions(transaction, source, query)
  const matching = allOf(transaction, [
    others,
    beside.length === 0 ? undefined : transaction`${lastOfKey(transaction, source)} <> all(${beside}::text[])`,
    filter === undefined
      ? undefined
      : filterCondition(transaction, filter, await prepareIntersects(transaction, source, filter, others)),
  ])
  const key = listed(
    transaction,
    source.key.map((column) => transaction`${transaction(column)}`),
  )
  const numberMatched =
    after === undefined ? await countMatched(transaction, source, query, matching, scope) : undefined
  const rows = transaction`
    select ${source.columns(transaction)}, array[${key}] as page_key from ${transaction(source.table)}
    where ${matching} and ${
      after === undefined
        ? transaction`true`
        : transaction`(${key}) > (${listed(
            transaction,
            after.map((value) => transaction`${value}::text`),
          )})`
    }
    order by ${key} limit ${limit + 1}`.cursor(rowsPerFetch)
  const slices: Buffer[] = []
  let numberReturned = 0
  let last: string[] | undefined
  let more = false
  for await (const fetched of readAhead(rows)) {
    const shown = fetched.slice(0, limit - numberReturned)
    more = shown.length < fetched.length
    for (let at = 0; at < shown.length; at += featuresPerSlice) {
      const slice = shown.slice(at, at + featuresPerSlice)
      slices.push(Buffer.from(slice.map(({ pageKey: _key, ...row }) => featureText(row, crs)).join(',\n')))
      // One slice after the other, whoever else asks in between.
      await nextTurn()
    }
    numberReturned += shown.length
    last = (shown.at(-1)?.['pageKey'] as string[] | undefined) ?? last
  }
  return { slices, numberReturned, numberMatched, last: more ? last : undefined }
}

async function countMatched(
  transaction: Transaction,
  source: FeatureSource,
  { bbox, datetime, filter, parameters }: ItemsQuery,
  matching: Fragment,
  scope: Scope,
): Promise<number | undefined> {
  if (bbox === undefined && datetime === undefined && filter === undefined) {
    const total = await source.total?.(transaction, parameters, scope)
    if (total !== undefined) return total
  }
  const [counted] = await transaction<[{ count: number }]>`
    select count(*) from (
      select from ${transaction(source.table)} where ${matching} limit ${mostCounted + 1}
    ) matched`
  return counted.count > mostCounted ? undefined : counted.count
}

/** Everything that the query asks of a row, its page aside. */
export function itemsConditions(
  transaction: Transaction,
  source: FeatureSource,
  query: Pick<ItemsQuery, 'bbox' | 'datetime' | 'parameters'>,
): Fragment {
  const { bbox, datetime, parameters } = query
  return allOf(transaction, [
    source.members?.(transaction),
    source.conditions(transaction, parameters),
    bbox === undefined ? undefined : withinBbox(transaction, source, bbox),
    // Features without time match every time (OGC 17-069r4, /req/core/fc-time-response).
    source.time === undefined || datetime?.from === undefined
      ? undefined
      : transaction`${transaction(source.time)} >= ${datetime.from}`,
    source.time === undefined || datetime?.to === undefined
      ? undefined
      : transaction`${transaction(source.time)} < ${datetime.to}`,
  ])
}

/**
 * The shapes whose bounding box reaches into the query's box while they themselves do not, by the last column of their
 * key. Only those on its border are looked at: what lies within it needs no look.
 */
async function besideTheBox(transaction: Transaction, source: FeatureSource, query: ItemsQuery): Promise<string[]> {
  const { bbox } = query
  const { place } = source
  if (bbox === undefined || !('box' in place)) return []
  const within = asBoxes(transaction, bbox).map((box) => transaction`not ${transaction(place.box)} <@ ${box}`)
  const onBorder = await transaction<{ id: string; geometry: string }[]>`
    select ${lastOfKey(transaction, source)} as id, geometry from ${transaction(source.table)}
    where ${allOf(transaction, [itemsConditions(transaction, source, query), ...within])}`
  const beside: string[] = []
  for (const [index, { id, geometry }] of onBorder.entries()) {
    if (!intersectsBox(JSON.parse(geometry) as Geometry, bbox)) beside.push(id)
    // Others have their turn on the event loop.
    if (index % featuresPerSlice === 0) await nextTurn()
  }
  return beside
}

function lastOfKey(transaction: Transaction, { key }: FeatureSource): Fragment {
  return transaction`${transaction(key.at(-1)!)}`
}

function withinBbox(transaction: Transaction, source: FeatureSource, bbox: NonNullable<ItemsQuery['bbox']>): Fragment {
  const { place } = source
  const [first, second] = asBoxes(transaction, bbox).map((box) =>
    'box' in place
      ? transaction`${transaction(place.box)} && ${box}`
      : transaction`${transaction(place.point)} <@ ${box}`,
  )
  return second === undefined ? first! : transaction`(${first!} or ${second})`
}

const separator = Buffer.from(',\n')
const tail = Buffer.from(']}')

/** A page as a GeoJSON FeatureCollection (OGC 17-069r4 §7.15), with the links that its header repeats. */
export function itemsDocument(
  page: ItemsPage,
  source: FeatureSource,
  address: string,
  now: Date,
): { body: Buffer<ArrayBuffer>; links: Link[] } {
  const collection = address.replace(/\/items(\?.*)?$/, '')
  const links: Link[] = [
    { href: address, rel: 'self', type: mediaTypes.geojson, title: source.title.en },
    { href: withParameter(address, 'f', 'html'), rel: 'alternate', type: mediaTypes.html, title: source.title.en },
    { href: collection, rel: 'collection', type: mediaTypes.json, title: source.title.en },
    ...(page.last === undefined
      ? []
      : [{ href: withParameter(address, 'next', encodeKey(page.last)), rel: 'next', type: mediaTypes.geojson }]),
  ]
  const head = JSON.stringify({
    type: 'FeatureCollection',
    timeStamp: now.toISOString(),
    numberMatched: page.numberMatched,
    numberReturned: page.numberReturned,
    links,
  })
  const separated = page.slices.flatMap((slice, index) => (index === 0 ? [slice] : [separator, slice]))
  return { body: Buffer.concat([Buffer.from(`${head.slice(0, -1)},"features":[`), ...separated, tail]), links }
}
