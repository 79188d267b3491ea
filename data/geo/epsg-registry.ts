/** Why a system cannot be converted: it is not in the registry, cannot be computed here, or has no published shift. */
export type RegistryGap = 'unknown' | 'projection' | 'shift'

let definitions: Readonly<Record<string, readonly [name: string, definition: string]>> = {}

/** Loads the registry, a megabyte that nearly no file has a use for: before it, no number is known. */
export async function loadRegistry(): Promise<void> {
  definitions = (await import('proj4-list')).default
}

/**
 * The proj4 definition of a coordinate system of the EPSG registry (package `proj4-list`), or why there is none. Its
 * shifts to WGS 84 agree with those of PROJ to some metres (`tests/reference/projections.test.ts`).
 *
 * A system without a shift is read only where its ellipsoid says that it agrees with WGS 84 to a metre, as those on
 * GRS 80 do (ETRS89, NAD83, JGD2011, KGD2002); shifts that need a file of corrections are not read.
 */
export function registryDefinition(epsg: number): { definition: string } | { gap: RegistryGap } {
  const definition = Object.hasOwn(definitions, `EPSG:${epsg}`) ? definitions[`EPSG:${epsg}`]?.[1] : undefined
  if (definition === undefined) return { gap: 'unknown' }
  if (!computed.has(/\+proj=(\w+)/.exec(definition)?.[1] ?? '') || / \+axis=/.test(definition))
    return { gap: 'projection' }
  if (/ \+(?:nadgrids=|datum=NAD27)/.test(definition)) return { gap: 'shift' }
  const isShifted = / \+(?:towgs84|datum)=/.test(definition) || / \+ellps=(?:GRS80|WGS84)\b/.test(definition)
  return isShifted ? { definition } : { gap: 'shift' }
}

/** Projections of topographic and cadastral maps, which proj4 computes. */
const computed = new Set(
  'longlat tmerc utm lcc merc somerc omerc sterea stere laea aea cass krovak poly cea nzmg'.split(' '),
)
