import type { Language } from '@minqing/data/domain/label'
import type { BoundingBox } from '@minqing/data/domain/position'
import { crs84 } from '../features/crs.ts'
import type { TileLayer, TileSet } from './tile-set.ts'

/** Media type of Mapbox Vector Tile 2.1. */
export const mvt = 'application/vnd.mapbox-vector-tile'

/** The one tile matrix set: what web maps draw in. */
export const tileMatrixSetId = 'WebMercatorQuad'

const matrixSetUri = `http://www.opengis.net/def/tilematrixset/OGC/1.0/${tileMatrixSetId}`
const webMercator = 'http://www.opengis.net/def/crs/EPSG/0/3857'
const tilingScheme = 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme'

/** The deepest matrix: 2 cm a pixel. */
export const deepestZoom = 22

/** Addresses of a set: a collection's stands below the collection, all of them under their names. */
function addresses({ name, isCollection }: TileSet, origin: string) {
  const api = `${origin}/api`
  const byName = `${api}/tiles/${name}`
  const tile = `${byName}/{tileMatrix}/{tileCol}/{tileRow}.mvt`
  if (!isCollection) return { self: byName, tile, tileJson: `${byName}?f=tilejson` }
  const self = `${api}/collections/${name}/tiles/${tileMatrixSetId}`
  return { self, tile: `${self}/{tileMatrix}/{tileRow}/{tileCol}`, tileJson: `${byName}?f=tilejson` }
}

/** A set in a list of sets (OGC 20-057 §10, tileset list). */
export function tileSetEntry(set: TileSet, origin: string, language: Language) {
  const { self, tile, tileJson } = addresses(set, origin)
  return {
    title: set.title[language],
    dataType: 'vector',
    crs: webMercator,
    tileMatrixSetId,
    tileMatrixSetURI: matrixSetUri,
    links: [
      { href: self, rel: 'self', type: 'application/json' },
      { href: tileJson, rel: 'alternate', type: 'application/json', title: 'TileJSON' },
      { href: tile, rel: 'item', type: mvt, templated: true },
      { href: `${origin}/api/tileMatrixSets/${tileMatrixSetId}`, rel: tilingScheme, type: 'application/json' },
    ],
  }
}

const dimensions: Record<TileLayer['geometry'], number> = { points: 0, lines: 1, polygons: 2 }

/** A set by itself: its layers with their fields, and where there are tiles at all (OGC 17-083r4 §7, TileSet). */
export function tileSetDocument(set: TileSet, origin: string, language: Language, bounds: BoundingBox | null) {
  const { layers, maxZoom } = set
  return {
    ...tileSetEntry(set, origin, language),
    layers: layers.map(({ id, geometry, fields }) => ({
      id,
      dataType: 'vector',
      geometryDimension: dimensions[geometry],
      minTileMatrix: '0',
      maxTileMatrix: String(maxZoom),
      propertiesSchema: {
        type: 'object',
        properties: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type }])),
      },
    })),
    ...(bounds === null
      ? {}
      : { boundingBox: { lowerLeft: bounds.slice(0, 2), upperRight: bounds.slice(2), crs: crs84 } }),
  }
}

/** TileJSON 3.0, which MapLibre and QGIS take. */
export function tileJson(set: TileSet, origin: string, language: Language, bounds: BoundingBox | null) {
  const { name, title, layers, maxZoom } = set
  return {
    tilejson: '3.0.0',
    name: title[language],
    scheme: 'xyz',
    format: 'pbf',
    tiles: [`${origin}/api/tiles/${name}/{z}/{x}/{y}.mvt`],
    minzoom: 0,
    maxzoom: maxZoom,
    ...(bounds === null ? {} : { bounds }),
    vector_layers: layers.map(({ id, fields }) => ({
      id,
      fields: Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, type])),
      minzoom: 0,
      maxzoom: maxZoom,
    })),
  }
}

/** Half the circumference of the sphere of EPSG:3857, in metres. */
const halfWidth = Math.PI * 6_378_137
const tilePixels = 256
/** Metres: the pixel that scales are computed with (OGC 17-083r4 §6.1.1). */
const standardPixel = 0.000_28

/** The matrices of WebMercatorQuad (OGC 17-083r4, annex D.1). */
export function tileMatrixSet(origin: string) {
  const matrices = Array.from({ length: deepestZoom + 1 }, (_, zoom) => {
    const tiles = 2 ** zoom
    const cellSize = (2 * halfWidth) / tilePixels / tiles
    return {
      id: String(zoom),
      scaleDenominator: cellSize / standardPixel,
      cellSize,
      cornerOfOrigin: 'topLeft',
      pointOfOrigin: [-halfWidth, halfWidth],
      tileWidth: tilePixels,
      tileHeight: tilePixels,
      matrixWidth: tiles,
      matrixHeight: tiles,
    }
  })
  return {
    id: tileMatrixSetId,
    title: 'Google Maps Compatible for the World',
    uri: matrixSetUri,
    crs: webMercator,
    orderedAxes: ['X', 'Y'],
    wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
    tileMatrices: matrices,
    links: [{ href: `${origin}/api/tileMatrixSets/${tileMatrixSetId}`, rel: 'self', type: 'application/json' }],
  }
}
