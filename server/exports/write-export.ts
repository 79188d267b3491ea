import { exportCollectionLabels, type ExportFormat } from '@minqing/data/domain/export'
import type { WrittenTable } from '@minqing/data/formats/written-table'
import type { Transaction } from '../store/connect.ts'
import { areaSource } from './collections/areas.ts'
import { buildingSource } from './collections/buildings.ts'
import { facilitySource } from './collections/facilities.ts'
import { incidentFeatureTexts, incidentSource } from './collections/incidents.ts'
import { publishedAreaSource } from './collections/published-areas.ts'
import { publishedIncidentSource } from './collections/published-incidents.ts'
import { asWrittenTable, type ExportRequest, type ExportSource } from './export-table.ts'
import { formats } from './formats.ts'
import { readProvenance } from './provenance.ts'

/** Each collection as a table; with counts of groups instead of cases where that is all that a file may have. */
function tableOf(transaction: Transaction, request: ExportRequest): WrittenTable {
  const { collection, countsOnly } = request
  const made = <Row>(source: ExportSource<Row>) =>
    asWrittenTable(transaction, request, source, exportCollectionLabels[collection])
  switch (collection) {
    case 'incidents':
      return countsOnly ? made(publishedIncidentSource) : made(incidentSource)
    case 'areas':
      return countsOnly ? made(publishedAreaSource) : made(areaSource)
    case 'buildings':
      return made(buildingSource)
    case 'facilities':
      return made(facilitySource)
  }
}

/** How many rows and bytes an export has had so far. */
export type ExportSize = { rows: number; bytes: number }

/**
 * An export as pieces of text or bytes, read as they are asked for; the first comes when the database has begun to
 * answer. `size` is counted while it is written.
 *
 * @param temporary a folder for formats that need a file
 */
export async function* writeExport(
  transaction: Transaction,
  request: ExportRequest,
  format: ExportFormat,
  temporary: string,
  size: ExportSize = { rows: 0, bytes: 0 },
): AsyncGenerator<string | Uint8Array, void, undefined> {
  for await (const piece of await piecesOf(transaction, request, format, temporary, size)) {
    size.bytes += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length
    yield piece
  }
}

async function piecesOf(
  transaction: Transaction,
  request: ExportRequest,
  format: ExportFormat,
  temporary: string,
  size: ExportSize,
): Promise<AsyncIterable<string | Uint8Array>> {
  if (request.collection === 'incidents' && format === 'geojson' && !request.countsOnly && request.datum === 'wgs84')
    return incidentsGeojson(transaction, request, size)
  const table = tableOf(transaction, request)
  const rows = (async function* () {
    for await (const batch of table.rows) {
      size.rows += batch.length
      yield batch
    }
  })()
  return formats[format].write({ ...table, rows }, temporary)
}

const separator = Buffer.from(',\n')
const collectionHead = '{"type":"FeatureCollection","features":[\n'

/** Cases as the database writes them: the one export of millions. */
async function* incidentsGeojson(
  transaction: Transaction,
  request: ExportRequest,
  size: ExportSize,
): AsyncGenerator<string | Uint8Array> {
  let head: Uint8Array = Buffer.from(collectionHead)
  for await (const features of incidentFeatureTexts(transaction, request.filter)) {
    yield Buffer.concat(features.flatMap((feature, index) => [index === 0 ? head : separator, feature]))
    head = separator
    size.rows += features.length
  }
  const provenance = { ...(await readProvenance(transaction, request, size.rows)), crs: 'EPSG:4326' }
  // RFC 7946 §6.1 lets a collection say more about itself: at its end, when its features have been counted.
  yield `${size.rows === 0 ? collectionHead : ''}],"metadata":${JSON.stringify(provenance)}}\n`
}
