import { area } from './zh/area.ts'
import { cases } from './zh/cases.ts'
import { exporting } from './zh/export.ts'
import { filters } from './zh/filters.ts'
import { layers } from './zh/layers.ts'
import { map } from './zh/map.ts'
import { search } from './zh/search.ts'
import { shell } from './zh/shell.ts'
import { wall } from './zh/wall.ts'

/** One file an area of the interface; the language's own chunk. */
export const messages = {
  area,
  cases,
  exporting,
  filters,
  layers,
  map,
  search,
  shell,
  wall,
}
