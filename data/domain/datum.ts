import { z } from 'zod'

/** The datum a coordinate was recorded in. CGCS2000 and WGS84 agree within a millimetre and are stored as they are. */
export const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
export const Datum = z.enum(datums)
export type Datum = z.infer<typeof Datum>

/** A datum by name or a projected system by its EPSG number, e.g. `EPSG:4547`. */
export const SourceCrs = z.union([Datum, z.templateLiteral(['EPSG:', z.int().positive()])])
export type SourceCrs = z.infer<typeof SourceCrs>
