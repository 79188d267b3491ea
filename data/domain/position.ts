import { z } from 'zod'

/** Longitude and latitude in degrees, CGCS2000. */
export const Longitude = z.number().min(-180).max(180)
export const Latitude = z.number().min(-90).max(90)
export const Position = z.object({ lon: Longitude, lat: Latitude })
export type Position = z.infer<typeof Position>

/** [west, south, east, north] in degrees. */
export const BoundingBox = z.tuple([Longitude, Latitude, Longitude, Latitude])
export type BoundingBox = z.infer<typeof BoundingBox>

/** Degrees to seven decimals, about a centimetre: what is stored and sent. */
export function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
