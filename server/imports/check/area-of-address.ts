import { areaSpellings, areaStem } from '@minqing/data/addresses/area-names'
import { normaliseAddress } from '@minqing/data/addresses/normalise'
import type { AreaIndex } from './area-index.ts'

type Names = { codes: ReadonlyMap<string, string[]>; longest: number; grids: ReadonlyMap<number, string[]> }

/** The names of an index's streets and communities, as addresses have them: made once for a file. */
const namesOf = new WeakMap<AreaIndex, Names>()

/**
 * The street or community that an address names: of several the smallest, where they agree; null where it names none,
 * or one of a name that several have.
 */
export function areaOfAddress(areas: AreaIndex, address: string): string | null {
  const { codes, longest } = names(areas)
  const text = normaliseAddress(address)
  let found: string | null = null
  for (let start = 0; start < text.length; start++)
    for (let length = Math.min(longest, text.length - start); length >= 3; length--) {
      const all = codes.get(text.slice(start, start + length))
      const within = all?.filter((code) => found === null || code.startsWith(found)) ?? []
      if (within.length === 1) found = within[0] ?? found
      if (all !== undefined) break
    }
  return found
}

/** The grids that a number means: 第3网格, 03网格, 3, with or without their community's name before it. */
export function numberedGrids(areas: AreaIndex, text: string): string[] {
  const match = /^(\D*)(\d{1,3})号?(?:网格|格)?$/.exec(normaliseAddress(text))
  if (match === null) return []
  const [, prefix = '', number] = match
  const codes = names(areas).grids.get(Number(number)) ?? []
  if (prefix === '') return codes
  const communities = areas.named('community', prefix)
  return codes.filter((code) => communities.includes(code.slice(0, 12)))
}

function names(areas: AreaIndex): Names {
  let made = namesOf.get(areas)
  if (made === undefined) {
    const codes = new Map<string, string[]>()
    const grids = new Map<number, string[]>()
    for (const { code, level, name, source } of areas.byCode.values()) {
      if (level === 'grid') {
        const number = /(\d{1,3})号?(?:网格|格)?$/.exec(normaliseAddress(name))?.[1] ?? code.slice(12)
        grids.set(Number(number), [...(grids.get(Number(number)) ?? []), code])
      }
      // The demo's areas are nobody's.
      if (level === 'grid' || source === 'demo') continue
      const spellings = areaSpellings(level, normaliseAddress(name)).filter(
        (spelling) => spelling !== areaStem(spelling),
      )
      for (const spelling of new Set([...spellings, normaliseAddress(name)]))
        codes.set(spelling, [...(codes.get(spelling) ?? []), code])
    }
    made = { codes, longest: Math.max(0, ...[...codes.keys()].map((name) => name.length)), grids }
    namesOf.set(areas, made)
  }
  return made
}
