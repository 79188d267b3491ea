import { z } from 'zod'
import { type AccessObject, fieldAccess } from './access.ts'
import type { Label } from './label.ts'
import type { RoleName } from './role.ts'

/** What can be exported: collections as tables, areas with their counts. */
export const exportCollections = ['incidents', 'areas', 'buildings', 'facilities'] as const
export const ExportCollection = z.enum(exportCollections)
export type ExportCollection = z.infer<typeof ExportCollection>

export const exportCollectionLabels: Record<ExportCollection, Label> = {
  incidents: { zh: '事件', en: 'incidents' },
  areas: { zh: '区域统计', en: 'areas' },
  buildings: { zh: '楼栋', en: 'buildings' },
  facilities: { zh: '设施', en: 'facilities' },
}

export const exportObjects: Record<ExportCollection, AccessObject> = {
  incidents: 'incident',
  areas: 'area',
  buildings: 'building',
  facilities: 'facility',
}

/** As what, by the ending of the file. */
export const exportFormats = ['geojson', 'csv', 'xlsx', 'shp.zip', 'gpkg', 'parquet'] as const
export const ExportFormat = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof ExportFormat>

export const exportFormatLabels: Record<ExportFormat, Label> = {
  geojson: { zh: 'GeoJSON（地图软件）', en: 'GeoJSON (GIS)' },
  csv: { zh: 'CSV（表格）', en: 'CSV (spreadsheets)' },
  xlsx: { zh: 'Excel 工作簿（xlsx，含列说明）', en: 'Excel workbook (xlsx, columns explained)' },
  'shp.zip': { zh: 'Shapefile（zip，字段名最多 10 字节）', en: 'Shapefile (zip, field names of at most 10 bytes)' },
  gpkg: { zh: 'GeoPackage（QGIS，含样式）', en: 'GeoPackage (QGIS, with a style)' },
  parquet: { zh: 'GeoParquet（数据分析）', en: 'GeoParquet (data analysis)' },
}

/**
 * For whom a file is. `internal`: for the own office, as its role sees the data. `wide`: for others as well, without
 * anything that shows a household or a single case.
 */
export const circulations = ['internal', 'wide'] as const
export const Circulation = z.enum(circulations)
export type Circulation = z.infer<typeof Circulation>

export const circulationLabels: Record<Circulation, Label> = {
  internal: { zh: '内部使用', en: 'for internal use' },
  wide: { zh: '可扩大范围（已作隐私处理）', en: 'for wider circulation (small numbers withheld)' },
}

/**
 * The least number of cases that a published group has, and of households that a place on the map stands for
 * (docs/decisions/0075-published-counts.md).
 */
export const leastCases = 5
export const leastHouseholds = 8

/**
 * Whether a role's exports hold counts of groups instead of cases: one that may not see where a case is by its address
 * must not learn it from a file either.
 */
export function exportsCountsOnly(role: RoleName): boolean {
  return fieldAccess(role, 'incident', 'address') !== 'clear'
}
