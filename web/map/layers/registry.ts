import { areas } from './areas.ts'
import { baseMap } from './base-map.ts'
import { buildings } from './buildings.ts'
import { due } from './due.ts'
import { facilities } from './facilities.ts'
import { grids } from './grids.ts'
import { heat } from './heat.ts'
import { hexagon } from './hexagon.ts'
import { hotSpots } from './hot-spots.ts'
import { incidents } from './incidents.ts'
import type { MapLayer } from './map-layer.ts'
import { placeNames } from './place-names.ts'
import { selection } from './selection.ts'

/** All layers of the map, in the order of the layer menu; slots decide what is drawn above what. */
const layers = [
  baseMap,
  areas,
  grids,
  buildings,
  heat,
  hexagon,
  hotSpots,
  incidents,
  due,
  facilities,
  placeNames,
  selection,
] as const

export type LayerId = (typeof layers)[number]['id']

export const mapLayers: readonly MapLayer<LayerId>[] = layers
