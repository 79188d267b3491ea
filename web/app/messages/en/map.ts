import type { Shape } from '../shape.ts'
import type { map as zh } from '../zh/map.ts'

export const map: Shape<typeof zh> = {
  title: 'Minqing Map',
}
