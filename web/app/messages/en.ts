import { area } from './en/area.ts'
import { cases } from './en/cases.ts'
import { map } from './en/map.ts'
import type { Shape } from './shape.ts'
import type { messages as zh } from './zh.ts'

export const messages: Shape<typeof zh> = {
  area,
  cases,
  map,
}
