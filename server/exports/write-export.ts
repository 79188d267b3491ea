import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import type { CountSource } from '../counts/cell-cache.ts'
import { featureText } from '../features/read-feature.ts'
import { csvHeader, csvRows, csvTrailer } from '../http/download.ts'
import type { Transaction } from '../store/connect.ts'
import { newestStep } from '../summary/get-summary.ts'
import { areaTable, countedAreas } from './area-export.ts'
import { type Provenance, provenanceLines } from './provenance.ts'
import { incidentFeatureTexts, incidentRows, incidentTable } from './incident-export.ts'

export type ExportRequest = {
  filter: IncidentFilter
  language: Language
  now: Date
  level: 'community' | 'grid'
  source: CountSource
}

/** An export as pieces of text or of UTF-8, read as they are asked for; the first comes when the database has begun to answer. */
export type Export = (transaction: Transaction, request: ExportRequest) => AsyncGenerator<string | Uint8Array>

export async function* incidentsCsv(transaction: Transaction, request: ExportRequest): AsyncGenerator<string> {
  const { filter, language } = request
  let head = csvHeader(incidentTable, language)
  let count = 0
  for await (const rows of incidentRows(transaction, filter)) {
    yield head + csvRows(incidentTable, rows, language)
    head = ''
    count += rows.length
  }
  yield head + csvTrailer(provenanceLines(await provenanceOf(transaction, request, count), language))
}

export async function* incidentsGeojson(
  transaction: Transaction,
  request: ExportRequest,
): AsyncGenerator<string | Uint8Array> {
  let head: Uint8Array = Buffer.from(collectionHead)
  let count = 0
  for await (const features of incidentFeatureTexts(transaction, request.filter)) {
    yield Buffer.concat(features.flatMap((feature, index) => [index === 0 ? head : separator, feature]))
    head = separator
    count += features.length
  }
  yield (count === 0 ? collectionHead : '') + collectionTail(await provenanceOf(transaction, request, count))
}

export async function* areasCsv(transaction: Transaction, request: ExportRequest): AsyncGenerator<string> {
  const { filter, language, level, now, source } = request
  const areas = await countedAreas(transaction, level, filter, now, source)
  yield csvHeader(areaTable, language) + csvRows(areaTable, areas, language)
  yield csvTrailer(provenanceLines(await provenanceOf(transaction, request, areas.length), language))
}

export async function* areasGeojson(transaction: Transaction, request: ExportRequest): AsyncGenerator<string> {
  const { filter, level, now, source } = request
  const areas = await countedAreas(transaction, level, filter, now, source)
  yield collectionHead
  yield areas.map((area) => featureText({ featureId: area.code, ...area })).join(',\n')
  yield collectionTail(await provenanceOf(transaction, request, areas.length))
}

async function provenanceOf(
  transaction: Transaction,
  { filter, now }: ExportRequest,
  rows: number,
): Promise<Provenance> {
  return { filter, asOf: await newestStep(transaction), generatedAt: now.toISOString(), rows }
}

const separator = Buffer.from(',\n')
const collectionHead = '{"type":"FeatureCollection","features":[\n'

/** RFC 7946 §6.1 lets a collection say more about itself: at its end, when its features have been counted. */
function collectionTail(provenance: Provenance): string {
  return `],"metadata":${JSON.stringify(provenance)}}\n`
}
