import { centroid } from '../../geo/plane.ts'
import type { StreetSite } from '../city/site.ts'
import { Random } from '../../stats/random.ts'
import * as civic from '../layouts/civic.ts'
import * as garden from '../layouts/garden.ts'
import { embankment } from '../layouts/garden.ts'
import * as housing from '../layouts/housing.ts'
import type { Point } from '../plane.ts'
import { Ground, Site } from './site.ts'
import { makeBlocks } from './make-blocks.ts'
import type { Block, Community } from './make-blocks.ts'
import { outlineOf, type Subdivision } from './subdivision.ts'
import { denseProgramme, programme } from './programme.ts'
import type { BlockPlan, BlockSort } from './programme.ts'

export type BuiltBlock = Block & { site: Site }
export type BuiltGrid = {
  code: string
  plan: Community['grids'][number]['plan']
  outline: Point[]
  blocks: BuiltBlock[]
}
export type BuiltCommunity = { code: string; name: string; outline: Point[]; grids: BuiltGrid[] }
export type BuiltPlan = { plan: Subdivision; outline: Point[]; communities: BuiltCommunity[] }

/** Lays out every block of a street. */
export function buildUp(seed: number, { code: street, scale }: StreetSite): BuiltPlan {
  const { plan, communities } = makeBlocks(seed, scale === 'street' ? programme : denseProgramme)
  const ground = new Ground()
  const built = communities.map((community, c): BuiltCommunity => {
    const code = `${street}${String(c + 1).padStart(3, '0')}`
    const outlines = community.grids.map((grid) =>
      outlineOf(
        plan,
        grid.blocks.map((block) => block.face),
      ),
    )
    const codes = numbered(outlines, code)
    const grids = community.grids.map((grid, g): BuiltGrid => ({
      code: codes[g] as string,
      plan: grid.plan,
      outline: outlines[g] as Point[],
      blocks: grid.blocks.map((block, b) => {
        const { loop } = block.face
        const edges = loop.map((corner, i) => plan.edge(corner, loop[(i + 1) % loop.length] as number))
        const site = new Site(plan.ring(block.face), edges, ground, new Random(seed, 'site', c, g, b))
        layOut(site, block.plan)
        furnish(site, block.plan.sort, g === community.grids.length - 1 && b === 0, g === 1 && b === 0)
        return { ...block, site }
      }),
    }))
    const faces = community.grids.flatMap((grid) => grid.blocks.map((block) => block.face))
    return { code, name: community.name, outline: outlineOf(plan, faces), grids }
  })
  return { plan, outline: outlineOf(plan, [...plan.faces.values()]), communities: built }
}

/** Codes of grids, counted from west to east and, between neighbours, from north to south, as one reads a map. */
function numbered(outlines: readonly Point[][], community: string): string[] {
  const order = outlines
    .map((outline, index) => ({ index, middle: centroid(outline) }))
    .sort((a, b) => Math.round(a.middle[0] / 180) - Math.round(b.middle[0] / 180) || b.middle[1] - a.middle[1])
  const codes: string[] = []
  for (const [position, { index }] of order.entries())
    codes[index] = `${community}${String(position + 1).padStart(3, '0')}`
  return codes
}

/** What stands between the houses; each community has its service centre and a kindergarten. */
function furnish(site: Site, sort: BlockSort, hasCentre: boolean, hasKindergarten: boolean): void {
  if (hasCentre) civic.communityHouse(site)
  if (hasKindergarten) civic.kindergarten(site)
  if (sort === 'walkUp' || sort === 'midRise' || sort === 'towers') civic.services(site, site.random.whole(0, 1))
}

function layOut(site: Site, { sort, name = '' }: BlockPlan): void {
  switch (sort) {
    case 'walkUp':
      return housing.walkUp(site)
    case 'factoryHousing':
      return housing.factoryHousing(site)
    case 'terraces':
      return housing.terraces(site)
    case 'lanes':
      return housing.lanes(site)
    case 'village':
      return housing.village(site)
    case 'midRise':
      return housing.midRise(site)
    case 'towers':
      return housing.towers(site)
    case 'school':
      return civic.school(site, name, true)
    case 'primary':
      return civic.school(site, name, false)
    case 'hospital':
      return civic.hospital(site, name)
    case 'market':
      return civic.market(site, name)
    case 'centre':
      return civic.centre(site, name)
    case 'works':
      return civic.works(site, name, false)
    case 'yard':
      return civic.works(site, name, true)
    case 'shrine':
      return civic.shrine(site, name)
    case 'station':
      return civic.station(site, name)
    case 'clearing':
      return civic.clearing(site, name)
    case 'park':
      return garden.park(site, name, name === '莲塘公园' ? '莲塘' : '')
    case 'green':
      return garden.greenCourt(site, name)
    case 'embankment':
      return embankment(site, name)
  }
}
