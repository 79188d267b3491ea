import { z } from 'zod'

/**
 * `GET /api/incidents/density`: how many cases the filter holds in each cell of a lattice, where they are too many to
 * travel one by one. Cells are listed row by row from the south-west; empty ones are left out.
 */
export const IncidentDensity = z.object({
  /** Metres of a cell's side. */
  cell: z.number().positive(),
  /** What a case's cell is taken from: its own position, or the middle of the grid that it lies in. */
  by: z.enum(['position', 'grid']),
  /** Cases in the filter and box, and those among them without a place. */
  total: z.int().min(0),
  withoutPlace: z.int().min(0),
  /** Middles of the cells in degrees × 1e7, and their cases. */
  x: z.array(z.int()),
  y: z.array(z.int()),
  counts: z.array(z.int().min(1)),
})
export type IncidentDensity = z.infer<typeof IncidentDensity>

/** From this size on, in metres, a case is counted at the middle of its grid: grids are about as large. */
export const gridsFromCell = 250
