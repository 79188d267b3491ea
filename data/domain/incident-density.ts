import { z } from 'zod'

/**
 * `GET /api/incidents/density`: how many incidents the filter counts in each cell of a raster, where they are too many to
 * be sent one by one. Cells are listed row by row from the south-west; empty ones are left out.
 */
export const IncidentDensity = z.object({
  /** Metres of a cell's side. */
  cell: z.number().positive(),
  /** What an incident's cell is taken from: its own position, or the centre of the grid that it lies in. */
  by: z.enum(['position', 'grid']),
  /** Incidents in the filter and box, and those among them without a place. */
  total: z.int().min(0),
  withoutPlace: z.int().min(0),
  /** Centres of the cells in degrees × 1e7, and their incidents. */
  x: z.array(z.int()),
  y: z.array(z.int()),
  counts: z.array(z.int().min(1)),
})
export type IncidentDensity = z.infer<typeof IncidentDensity>

/** From this size on, in metres, an incident is counted at the centre of its grid: grids are about as large. */
export const gridsFromCell = 250
