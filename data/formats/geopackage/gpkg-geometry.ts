import { readWkb, type WkbReading } from '../geometry/wkb.ts'

/** Doubles of the envelope in a GeoPackage geometry's header, by the indicator in its flags. */
const envelopes = [0, 4, 6, 6, 8] as const

/** A GeoPackage geometry (OGC 12-128r18, 2.1.3): a header with an envelope, then well-known binary. */
export function readGpkgGeometry(blob: Uint8Array): WkbReading {
  if (blob.length < 8 || blob[0] !== 0x47 || blob[1] !== 0x50) return broken()
  const flags = blob[3] ?? 0
  const envelope = envelopes[(flags >> 1) & 7]
  if ((flags & 0x20) !== 0)
    return { fault: { zh: '扩展的 GeoPackage 几何无法读取', en: 'an extended GeoPackage geometry cannot be read' } }
  if (envelope === undefined) return broken()
  if ((flags & 0x10) !== 0) return { geometry: null, flattened: false, curved: false }
  return readWkb(blob.subarray(8 + envelope * 8))
}

function broken(): WkbReading {
  return { fault: { zh: '几何数据已损坏', en: 'the geometry is damaged' } }
}
