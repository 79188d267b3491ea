import type { ExportFormat } from '@minqing/data/domain/export'
import { writeCsv } from '@minqing/data/formats/csv/write-csv'
import { writeGeojson } from '@minqing/data/formats/geojson/write-geojson'
import type { WrittenFile, WrittenTable } from '@minqing/data/formats/written-table'
import { readyFolder } from './temporary-folder.ts'

/** A format: its media type, and what writes a table in it; `temporary` is a folder for what needs a file. */
type Format = { type: string; write: (table: WrittenTable, temporary: string) => WrittenFile | Promise<WrittenFile> }

/** Every format. Writers that bring libraries with them are loaded when they are asked for. */
export const formats: Record<ExportFormat, Format> = {
  geojson: { type: 'application/geo+json', write: writeGeojson },
  csv: { type: 'text/csv; charset=utf-8', write: writeCsv },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: async (table) => (await import('@minqing/data/formats/xlsx/write-xlsx')).writeXlsx(table),
  },
  'shp.zip': {
    type: 'application/zip',
    write: async (table, temporary) =>
      (await import('@minqing/data/formats/shapefile/write-shapefile')).writeShapefile(
        table,
        await readyFolder(temporary),
      ),
  },
  gpkg: {
    type: 'application/geopackage+sqlite3',
    write: async (table, temporary) =>
      (await import('@minqing/data/formats/geopackage/write-geopackage')).writeGeopackage(
        table,
        await readyFolder(temporary),
      ),
  },
  parquet: {
    type: 'application/vnd.apache.parquet',
    write: async (table) => (await import('@minqing/data/formats/geoparquet/write-geoparquet')).writeGeoparquet(table),
  },
}
