/** Mapbox Vector Tile 2.1. */
export const mvt = 'application/vnd.mapbox-vector-tile'

/** The one pyramid of tiles: what web maps draw in. */
export const tileMatrixSetId = 'WebMercatorQuad'
