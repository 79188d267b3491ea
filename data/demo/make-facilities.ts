import type { Facility, FacilityKind } from '@minqing/data/domain/facility'
import type { Measured } from '@minqing/data/domain/position-source'
import type { Home } from './make-buildings.ts'
import { toLonLat } from './plan/frame.ts'
import { Random } from '../stats/random.ts'
import { phoneNumbers } from './people/make-staff.ts'

const detectorCount = 120
const stationNames = ['江滩红色驿站', '三官里红色驿站', '文昌红色驿站', '柳堤红色驿站', '站前红色驿站']
const stationCommunities = ['002', '004', '005', '006', '008']

/** Stations, mediation rooms, police, schools, and smoke detectors where elderly people live alone. */
export function makeFacilities(homes: readonly Home[], seed: number): Measured<Facility>[] {
  const random = new Random(seed, 'facilities')
  const phone = phoneNumbers()
  // The first numbers belong to people.
  for (let i = 0; i < 400; i++) phone()
  const facilities: Measured<Facility>[] = []
  const add = (
    kind: FacilityKind,
    name: string,
    home: Home,
    status: Facility['status'] = 'not_applicable',
    jitter = 0,
  ) => {
    const { building } = home
    const [lon, lat] = toLonLat([home.center[0] + random.bell(0, jitter), home.center[1] + random.bell(0, jitter)])
    facilities.push({
      id: `F${String(facilities.length + 1).padStart(5, '0')}`,
      streetCode: building.streetCode,
      communityCode: building.communityCode,
      gridCode: building.gridCode,
      buildingCode: building.code,
      kind,
      name,
      address: building.address,
      phone: kind === 'smoke_detector' ? null : phone(),
      status,
      position: { lon, lat },
      source: 'demo',
    })
  }
  const inCommunity = (suffix: string, wanted: (home: Home) => boolean) =>
    homes.filter((home) => home.building.communityCode.endsWith(suffix) && wanted(home))
  const shop = (home: Home) =>
    home.draft.sort === 'shop' || home.building.use === 'mixed' || home.building.use === 'commercial'
  for (const [i, suffix] of stationCommunities.entries())
    add('service_station', stationNames[i] as string, random.pick(inCommunity(suffix, shop)))
  for (let i = 1; i <= 9; i++) {
    const suffix = String(i).padStart(3, '0')
    const here = inCommunity(suffix, shop)
    add('mediation_room', `${communityNames[i - 1]}人民调解室`, random.pick(here))
    add('police', `${communityNames[i - 1]}警务室`, random.pick(here))
  }
  for (const home of homes)
    if (home.draft.label === '教学楼') add('school', home.building.name.replace('教学楼', ''), home)
  const places = homes.filter((home) => home.elderlyAlone > 0)
  const statuses = random.shuffle(
    Array.from({ length: detectorCount }, (_, i): Facility['status'] =>
      i < 6 ? 'offline' : i < 14 ? 'low_battery' : i < 15 ? 'alarm' : 'online',
    ),
  )
  // At most one for each person; the older the house, the sooner.
  const ranked = places
    .flatMap((home) =>
      Array.from({ length: home.elderlyAlone }, () => ({ home, rank: home.draft.builtYear + random.between(0, 60) })),
    )
    .sort((a, b) => a.rank - b.rank)
  for (const [i, { home }] of ranked.slice(0, detectorCount).entries()) {
    home.detectors++
    add('smoke_detector', `${home.building.name}独居老人烟感`, home, statuses[i], 1.6)
  }
  return facilities
}

const communityNames = ['船厂', '观澜', '渡口', '三官里', '文昌', '柳堤', '红机', '站前', '新桥']
