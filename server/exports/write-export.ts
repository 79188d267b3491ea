import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import { featureText } from '../features/feature-text.ts'
import type { Transaction } from '../store/connect.ts'
import { newestStep } from '../summary/newest-step.ts'
import { type CountedArea, countedAreas } from './area-rows.ts'
import { areaTable } from './area-table.ts'
import { csvHeader, csvRows, csvTrailer } from './csv-text.ts'
import { countIncidents, incidentFeatureRows, incidentRows } from './incident-rows.ts'
import { incidentTable } from './incident-table.ts'
import { type Provenance, provenanceLines } from './provenance.ts'

export type ExportRequest = { filter: IncidentFilter; language: Language; now: Date; level: 'community' | 'grid' }

/** An export as pieces of text, read as they are asked for. */
export type Export = (transaction: Transaction, request: ExportRequest) => AsyncGenerator<string>

export async function* incidentsCsv(transaction: Transaction, request: ExportRequest): AsyncGenerator<string> {
  const { filter, language } = request
  const provenance = await provenanceOf(transaction, request, await countIncidents(transaction, filter))
  yield csvHeader(incidentTable, language)
  for await (const rows of incidentRows(transaction, filter)) yield csvRows(incidentTable, rows, language)
  yield csvTrailer(provenanceLines(provenance, language))
}

export async function* incidentsGeojson(transaction: Transaction, request: ExportRequest): AsyncGenerator<string> {
  const { filter } = request
  yield collectionHead(await provenanceOf(transaction, request, await countIncidents(transaction, filter)))
  let first = true
  for await (const rows of incidentFeatureRows(transaction, filter)) {
    yield (first ? '' : ',\n') + rows.map((row) => featureText(row)).join(',\n')
    first = false
  }
  yield ']}\n'
}

export async function* areasCsv(transaction: Transaction, request: ExportRequest): AsyncGenerator<string> {
  const { filter, language, level, now } = request
  const areas = await countedAreas(transaction, level, filter, now)
  yield csvHeader(areaTable, language) + csvRows(areaTable, areas, language)
  yield csvTrailer(provenanceLines(await provenanceOf(transaction, request, areas.length), language))
}

export async function* areasGeojson(transaction: Transaction, request: ExportRequest): AsyncGenerator<string> {
  const areas = await countedAreas(transaction, request.level, request.filter, request.now)
  yield collectionHead(await provenanceOf(transaction, request, areas.length))
  yield areas.map((area: CountedArea) => featureText({ featureId: area.code, ...area })).join(',\n')
  yield ']}\n'
}

async function provenanceOf(
  transaction: Transaction,
  { filter, now }: ExportRequest,
  rows: number,
): Promise<Provenance> {
  return { filter, asOf: await newestStep(transaction), generatedAt: now.toISOString(), rows }
}

/** RFC 7946 §6.1 lets a collection say more about itself. */
function collectionHead(provenance: Provenance): string {
  return `{"type":"FeatureCollection","metadata":${JSON.stringify(provenance)},"features":[\n`
}
