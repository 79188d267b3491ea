import { z } from 'zod'

/**
 * The formats of files that can be imported, by their content: whether they are tables or geodata, and how the encoding
 * of their text is known. It is `found` in the bytes, or `given` in the file; of both a person may say another. Where
 * the format has one encoding alone it is `fixed`.
 */
export const fileFormats = {
  csv: { table: true, encoding: 'found' },
  xlsx: { table: true, encoding: 'fixed' },
  xls: { table: true, encoding: 'given' },
  ods: { table: true, encoding: 'fixed' },
  html: { table: true, encoding: 'found' },
  geojson: { table: false, encoding: 'found' },
  shapefile: { table: false, encoding: 'given' },
  geopackage: { table: false, encoding: 'fixed' },
  kml: { table: false, encoding: 'given' },
  osm: { table: false, encoding: 'fixed' },
} as const satisfies Record<string, { table: boolean; encoding: 'found' | 'given' | 'fixed' }>

export const FileFormat = z.enum(Object.keys(fileFormats) as (keyof typeof fileFormats)[])
export type FileFormat = z.infer<typeof FileFormat>

export function isTableFormat(format: FileFormat): boolean {
  return fileFormats[format].table
}

/** Whether a person may say the encoding of such a file. */
export function takesEncoding(format: FileFormat): boolean {
  return fileFormats[format].encoding !== 'fixed'
}

/** The encodings that text may be in. */
export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5'] as const
export type Encoding = (typeof encodings)[number]
