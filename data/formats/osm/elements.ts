import { readOsmPbf } from './osm-pbf.ts'
import { readOsmXml } from './osm-xml.ts'
import type { Bytes } from '../source-row.ts'

export type OsmTags = Readonly<Record<string, string>>
export type OsmMember = { type: 'node' | 'way' | 'relation'; ref: number; role: string }

/** Told of each element as it goes by; what is not asked for is not even unpacked. */
export type OsmHandler = {
  /** `tags` is null for the many that have none. */
  node?: (id: number, lon: number, lat: number, tags: OsmTags | null) => void
  way?: (id: number, refs: readonly number[], tags: OsmTags) => void
  relation?: (id: number, members: readonly OsmMember[], tags: OsmTags) => void
}

/**
 * Passes once over an OpenStreetMap file, `.osm.pbf` or XML; yields now and then, so that a caller can hand on what its
 * handler has gathered. Nodes come before ways before relations, as every writer sorts them.
 *
 * @throws FileProblem when the file is damaged
 */
export function readOsmElements(bytes: Bytes, isXml: boolean, handler: OsmHandler): AsyncGenerator<void> {
  return isXml ? readOsmXml(bytes, handler) : readOsmPbf(bytes, handler)
}
