import { area } from './zh/area.ts'
import { cases } from './zh/cases.ts'
import { map } from './zh/map.ts'

/** One file an area of the interface; the language's own chunk. */
export const messages = {
  area,
  cases,
  map,
}
