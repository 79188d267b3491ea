import { z } from 'zod'

/** One figure of all units together; null where it cannot be computed. */
const GlobalFigure = z.object({
  value: z.number().nullable(),
  /** What it is on average when the values are dealt to the units at random. */
  expected: z.number().nullable(),
  z: z.number().nullable(),
  p: z.number().nullable(),
})

/** Whether units are like their neighbours on the whole (Moran, Geary), and whether high or low values lie together (G). */
export const GlobalFigures = z.object({ moran: GlobalFigure, geary: GlobalFigure, generalG: GlobalFigure })
export type GlobalFigures = z.output<typeof GlobalFigures>

/** What global figures say in one word; `high` and `low`: clustered, and which values are. */
export type GlobalPattern = 'high' | 'low' | 'clustered' | 'random' | 'dispersed' | 'unknown'

/** p up to which a figure is more than chance. */
const globalLevel = 0.05

/** Moran’s I decides whether there is a pattern, and general G which values make it. */
export function globalPatternOf({ moran, generalG }: GlobalFigures): GlobalPattern {
  if (moran.z === null || moran.p === null) return 'unknown'
  if (moran.p > globalLevel) return 'random'
  if (moran.z < 0) return 'dispersed'
  if (generalG.z === null || generalG.p === null || generalG.p > globalLevel) return 'clustered'
  return generalG.z > 0 ? 'high' : 'low'
}
