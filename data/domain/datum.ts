import { z } from 'zod'
import type { Label } from './label.ts'

/** The datum a coordinate was recorded in. CGCS2000 and WGS84 agree within a millimetre and are stored as they are. */
export const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
export const Datum = z.enum(datums)
export type Datum = z.infer<typeof Datum>

/** A datum by name or a projected system by its EPSG number, e.g. `EPSG:4547`. */
export const SourceCrs = z.union([Datum, z.templateLiteral(['EPSG:', z.int().positive()])])
export type SourceCrs = z.infer<typeof SourceCrs>

/** What an export's coordinates may be in. */
export const exportDatums = ['wgs84', 'cgcs2000', 'gcj02'] as const
export const ExportDatum = z.enum(exportDatums)
export type ExportDatum = z.infer<typeof ExportDatum>

/** As a file and its name call it. */
export const exportDatumNames: Record<ExportDatum, string> = { wgs84: 'WGS84', cgcs2000: 'CGCS2000', gcj02: 'GCJ-02' }

/** What it means, for whoever chooses one or opens a file. */
export const exportDatumNotes: Record<ExportDatum, Label> = {
  wgs84: {
    zh: 'WGS 84（EPSG:4326）：GPS 与多数国际软件所用，与 CGCS2000 相差不到一分米',
    en: 'WGS 84 (EPSG:4326): of GPS and most software; within a decimetre of CGCS2000',
  },
  cgcs2000: {
    zh: 'CGCS2000（EPSG:4490）：国家大地坐标系，测绘成果和政务系统所用',
    en: 'CGCS2000 (EPSG:4490): the national datum of surveys and government systems',
  },
  gcj02: {
    zh: 'GCJ-02（无 EPSG 编号）：高德、腾讯地图的加密坐标，与实地相差数百米，只用于叠加到这些地图上',
    en: 'GCJ-02 (no EPSG code): the shifted coordinates of Amap and Tencent, some hundred metres off; only to lay over those maps',
  },
}
