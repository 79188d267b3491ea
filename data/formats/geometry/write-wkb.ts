import type { Geometry, Position } from 'geojson'

/** A geometry that is written: what the domain has. */
export type WrittenGeometry = Extract<Geometry, { type: 'Point' | 'Polygon' | 'MultiPolygon' }>

/** @throws Error for a geometry that no collection has: a fault of ours */
export function asWritten(geometry: Geometry): WrittenGeometry {
  if (geometry.type === 'Point' || geometry.type === 'Polygon' || geometry.type === 'MultiPolygon') return geometry
  throw new Error(`${geometry.type} cannot be written`)
}

/** A polygon as a multipolygon of one: layers of areas have one type. */
export function asMulti(geometry: WrittenGeometry): WrittenGeometry {
  return geometry.type === 'Polygon' ? { type: 'MultiPolygon', coordinates: [geometry.coordinates] } : geometry
}

/** Well-known binary (OGC 06-103r4), little-endian, two-dimensional. */
export function writeWkb(geometry: WrittenGeometry): Buffer {
  const bytes = Buffer.alloc(sizeOf(geometry))
  write(bytes, 0, geometry)
  return bytes
}

const header = 5
const ringsSize = (rings: Position[][]) => rings.reduce((sum, ring) => sum + 4 + 16 * ring.length, header + 4)

function sizeOf({ type, coordinates }: WrittenGeometry): number {
  switch (type) {
    case 'Point':
      return header + 16
    case 'Polygon':
      return ringsSize(coordinates)
    case 'MultiPolygon':
      return coordinates.reduce((sum, rings) => sum + ringsSize(rings), header + 4)
  }
}

const codes = { Point: 1, Polygon: 3, MultiPolygon: 6 } as const

function write(bytes: Buffer, start: number, { type, coordinates }: WrittenGeometry): number {
  bytes[start] = 1
  let at = bytes.writeUInt32LE(codes[type], start + 1)
  switch (type) {
    case 'Point':
      return writePosition(bytes, at, coordinates)
    case 'Polygon':
      at = bytes.writeUInt32LE(coordinates.length, at)
      for (const ring of coordinates) {
        at = bytes.writeUInt32LE(ring.length, at)
        for (const position of ring) at = writePosition(bytes, at, position)
      }
      return at
    case 'MultiPolygon':
      at = bytes.writeUInt32LE(coordinates.length, at)
      for (const rings of coordinates) at = write(bytes, at, { type: 'Polygon', coordinates: rings })
      return at
  }
}

function writePosition(bytes: Buffer, at: number, [x = 0, y = 0]: Position): number {
  return bytes.writeDoubleLE(y, bytes.writeDoubleLE(x, at))
}
