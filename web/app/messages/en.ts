import { area } from './en/area.ts'
import { cases } from './en/cases.ts'
import { exporting } from './en/export.ts'
import { filters } from './en/filters.ts'
import { layers } from './en/layers.ts'
import { map } from './en/map.ts'
import { search } from './en/search.ts'
import { shell } from './en/shell.ts'
import { wall } from './en/wall.ts'
import type { Shape } from './shape.ts'
import type { messages as zh } from './zh.ts'

export const messages: Shape<typeof zh> = {
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
