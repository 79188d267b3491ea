import type { Circulation, ExportCollection } from '@minqing/data/domain/export'
import type { ExportDatum } from '@minqing/data/domain/datum'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import { mapPositions } from '@minqing/data/formats/geometry/map-positions'
import type {
  WrittenColumn,
  WrittenRow,
  WrittenStyle,
  WrittenTable,
  WrittenValue,
} from '@minqing/data/formats/written-table'
import { fromLonLat } from '@minqing/data/geo/crs'
import type { Geometry } from 'geojson'
import type { CountSource } from '../counts/cell-cache.ts'
import type { Transaction } from '../store/connect.ts'
import { provenanceLines, readProvenance } from './provenance.ts'

/** What is asked of an export. */
export type ExportRequest = {
  collection: ExportCollection
  filter: IncidentFilter
  language: Language
  datum: ExportDatum
  circulation: Circulation
  /** Of areas. */
  level: 'community' | 'grid'
  /** Whether the file has counts of groups instead of cases, and withholds small numbers. */
  countsOnly: boolean
  now: Date
  /** Name of who exports. */
  by: string
  source: CountSource
}

/** A column with its value of a row; `place` is the row's point, or that of its middle, in the system of the file. */
export type ExportColumn<Row> = Omit<WrittenColumn, 'source'> & {
  source?: WrittenColumn['source']
  value: (row: Row, language: Language, place: Place | null) => WrittenValue
}

export type Place = { lon: number; lat: number }

/** Where values come from unless a column says otherwise. */
const ownRecords = { zh: '本系统记录', en: 'records of this system' }

export type ExportedRow<Row> = {
  row: Row
  id: string
  geometry: Geometry | null
  /** Of an area, in degrees; of a point it is the point. */
  middle?: Place
  /** As GeoJSON has them. */
  properties: object
}

/** A collection as a table in any format: columns, and rows some hundred at a time. */
export type ExportSource<Row> = {
  shape: WrittenTable['shape']
  style: Omit<WrittenStyle, 'classesOf'> & { classesOf?: string }
  columns: readonly ExportColumn<Row>[]
  rows: (transaction: Transaction, request: ExportRequest) => AsyncIterable<ExportedRow<Row>[]>
}

/** The rows in the words, the language and the system that are asked for, on their way into a file. */
export function asWrittenTable<Row>(
  transaction: Transaction,
  request: ExportRequest,
  { shape, style, columns, rows }: ExportSource<Row>,
  title: WrittenTable['title'],
): WrittenTable {
  const { language, datum, collection } = request
  const convert = fromLonLat(datum)
  const written = ({ row, id, geometry, middle, properties }: ExportedRow<Row>): WrittenRow => {
    const shown = geometry === null || datum !== 'gcj02' ? geometry : mapPositions(geometry, convert)
    const place = placeOf(shown, middle === undefined ? undefined : convert(middle.lon, middle.lat))
    return { id, geometry: shown, properties, values: columns.map(({ value }) => value(row, language, place)) }
  }
  const provenance = (count: number) => readProvenance(transaction, request, count)
  return {
    name: collection,
    title,
    language,
    datum,
    shape,
    columns: columns.map(({ value: _value, source = ownRecords, ...column }) => ({ ...column, source })),
    style: { ...style, classesOf: classesOf(columns, style.classesOf) },
    rows: (async function* () {
      for await (const batch of rows(transaction, request)) yield batch.map(written)
    })(),
    about: async (count) => provenanceLines(await provenance(count), language),
    metadata: provenance,
  }
}

function classesOf(
  columns: readonly { label: WrittenColumn['label'] }[],
  name: string | undefined,
): number | undefined {
  return name === undefined ? undefined : columns.findIndex(({ label }) => label.en === name)
}

function placeOf(geometry: Geometry | null, middle: readonly [number, number] | undefined): Place | null {
  const point = geometry?.type === 'Point' ? geometry.coordinates : middle
  const [lon, lat] = point ?? []
  return lon === undefined || lat === undefined ? null : { lon, lat }
}

/** Longitude and latitude of a row's place. */
export function placeColumns<Row>(of: { zh: string; en: string }): ExportColumn<Row>[] {
  const unit = { zh: '度', en: 'degrees' }
  return [
    {
      label: { zh: '经度', en: 'lon' },
      kind: 'decimal',
      meaning: { zh: `${of.zh}的经度，坐标系见来源`, en: `longitude of ${of.en}, in the system of the file` },
      unit,
      value: (_row, _language, place) => place?.lon ?? null,
    },
    {
      label: { zh: '纬度', en: 'lat' },
      kind: 'decimal',
      meaning: { zh: `${of.zh}的纬度，坐标系见来源`, en: `latitude of ${of.en}, in the system of the file` },
      unit,
      value: (_row, _language, place) => place?.lat ?? null,
    },
  ]
}
