import { z } from 'zod'
import { AreaCode } from './area-code.ts'
import { Instant } from './instant.ts'
import { BoundingBox } from './position.ts'

/** What has a version of its own, raised by each transaction that writes to it: the rows of `collection_version`. */
export const collectionNames = ['areas', 'buildings', 'incidents', 'facilities', 'base', 'people'] as const
export const CollectionName = z.enum(collectionNames)
export type CollectionName = z.infer<typeof CollectionName>

const Count = z.int().min(0)

/** Another number than before means that the collection was written to: what was read from it is out of date. */
export const CollectionVersions = z.record(CollectionName, Count)
export type CollectionVersions = z.infer<typeof CollectionVersions>

/** `GET /api/status`: what the database holds and how old it is. */
export const DataStatus = z.object({
  version: z.string(),
  now: Instant,
  /** Latest write of any kind. */
  asOf: Instant.nullable(),
  versions: CollectionVersions,
  streets: z.array(
    z.object({
      code: AreaCode,
      name: z.string(),
      demo: z.boolean(),
      bbox: BoundingBox,
      incidents: Count,
      from: Instant.nullable(),
      to: Instant.nullable(),
    }),
  ),
  /** Codes that incidents are counted to and no sub-district has: no map or list leads to them. */
  incidentsWithoutStreet: z.array(z.object({ code: AreaCode, incidents: Count })),
})
export type DataStatus = z.infer<typeof DataStatus>
