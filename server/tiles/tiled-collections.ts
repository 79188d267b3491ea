/**
 * Collections that also come as tiles. Incidents do not: a far view of them would be a heap of points that hide each
 * other; `/api/incidents/density` counts them, and `/api/incidents/columns` carries every one.
 */
export const tiledCollections = ['streets', 'communities', 'grids', 'buildings', 'facilities'] as const
export type TiledCollection = (typeof tiledCollections)[number]
