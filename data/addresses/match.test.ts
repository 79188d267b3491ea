import { describe, expect, it, test } from 'vitest'
import { Gazetteer } from './gazetteer.ts'
import type { KnownBuilding, KnownStreet } from './known-street.ts'
import { matchAddress, type Within } from './match.ts'

// An invented street with two communities.
const building = (community: string, number: number, more: Partial<KnownBuilding>): KnownBuilding => ({
  code: `990109001${community}${String(number).padStart(5, '0')}`,
  communityCode: `990109001${community}`,
  gridCode: `990109001${community}00${(number % 2) + 1}`,
  name: '',
  address: '',
  estate: null,
  units: 3,
  floors: 7,
  lon: 114 + number / 1000,
  lat: 30,
  positionSource: 'measured',
  ...more,
})
const estate = (community: string, first: number, name: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    building(community, first + index, {
      name: `${name}${index + 1}栋`,
      address: `滨河路${name}${index + 1}栋`,
      estate: name,
    }),
  )
const street: KnownStreet = {
  areas: [
    { code: '990109001', level: 'street', name: '清溪街道', lon: 114, lat: 30 },
    { code: '990109001001', level: 'community', name: '江北社区', lon: 114.01, lat: 30 },
    { code: '990109001002', level: 'community', name: '江南社区', lon: 114.02, lat: 30 },
    { code: '990109001001003', level: 'grid', name: '江北社区第3网格', lon: 114.013, lat: 30 },
  ],
  buildings: [
    ...estate('001', 1, '江北新村', 9),
    ...estate('001', 21, '港务家属院', 12),
    ...estate('002', 41, '柳堤小区', 5),
    ...estate('002', 51, '柳苑小区', 5),
    ...[2, 4, 6, 12].map((house) =>
      building('002', 60 + house, { name: `五一巷${house}号`, address: `五一巷${house}号` }),
    ),
    // As ledgers have them, without the estate in a column of its own.
    building('002', 91, { name: '1', address: '清溪区清溪街道滨河路88号望江公寓1号楼' }),
    building('002', 92, { name: '望江公寓2号楼', address: '' }),
    building('002', 93, { name: '清溪中学教学楼', address: '滨河路120号' }),
  ],
  places: [
    {
      level: 'building',
      name: '江南警务室',
      lon: 114.5,
      lat: 30,
      communityCode: '990109001002',
      gridCode: null,
      buildingCode: null,
    },
    ...(['001', '002'] as const).map((community) => ({
      level: 'building' as const,
      name: '党群服务站',
      lon: 114.6 + Number(community) / 10,
      lat: 30,
      communityCode: `990109001${community}`,
      gridCode: null,
      buildingCode: null,
    })),
  ],
  roads: ['滨河路', '五一巷', '五一二巷'],
  houses: [{ road: '滨河路', number: '7号', lon: 114.7, lat: 30 }],
}
const gazetteer = new Gazetteer(street)
const anywhere: Within = { communityCode: null, gridCode: null }
const match = (address: string, within = anywhere) => matchAddress(gazetteer, address, within)
const labelOf = (address: string) => match(address).place?.target.label

describe('a building', () => {
  it.each([
    ['港务家属院4栋', '江北社区港务家属院4栋'],
    ['港务家属院4栋二单元301', '江北社区港务家属院4栋'],
    ['港务家属院四号楼', '江北社区港务家属院4栋'],
    ['港务家属院４＃', '江北社区港务家属院4栋'],
    ['港务家属院4二单元301', '江北社区港务家属院4栋'],
    ['港务家属院4-2-301', '江北社区港务家属院4栋'],
    ['某省清溪市清溪区清溪街道江北社区滨河路港务家属院4座', '江北社区港务家属院4栋'],
    ['清溪街江北社区居委会港务家属院4栋附近', '江北社区港务家属院4栋'],
    ['港物家属院4栋', '江北社区港务家属院4栋'],
    ['港务家属完4栋', '江北社区港务家属院4栋'],
    ['港务家院4栋', '江北社区港务家属院4栋'],
    ['港务院4栋', '江北社区港务家属院4栋'],
    ['港务4栋', '江北社区港务家属院4栋'],
    ['江北新村7号楼', '江北社区江北新村7栋'],
    ['五一巷4号', '江南社区五一巷4号'],
    ['51巷4号附2号', '江南社区五一巷4号'],
    ['五一巷12号2楼', '江南社区五一巷12号'],
    ['望江公寓1栋', '江南社区1'],
    ['滨河路88号望江公寓2号楼', '江南社区望江公寓2号楼'],
    ['清溪中学教学楼', '江南社区清溪中学教学楼'],
    ['滨河路（近柳堤小区3栋）', '江南社区柳堤小区3栋'],
    ['江南警务室对面', '江南社区江南警务室'],
  ])('%s', (address, label) => {
    expect(labelOf(address)).toBe(label)
    expect(match(address).place?.target.level).toBe('building')
  })

  it('of one name in two communities is asked about, and found by its community', () => {
    const { place, undecided } = match('党群服务站门口')
    expect(place?.target.level).not.toBe('building')
    expect(undecided.map(({ target }) => target.id).toSorted()).toEqual(
      ['江北社区党群服务站', '江南社区党群服务站'].toSorted(),
    )
    expect(labelOf('江南社区党群服务站')).toBe('江南社区党群服务站')
  })

  it('is not made up: neither for a number nor for an estate that is not known', () => {
    expect(match('港务家属院99栋').place?.target).toMatchObject({ level: 'estate', label: '江北社区港务家属院' })
    expect(match('不存在小区9栋')).toEqual({ place: null, undecided: [] })
    expect(match('江北社区不存在小区9栋').place?.target.level).toBe('community')
    expect(match('五一二巷4号').place).toBeNull()
    expect(match('滨河路9999号').place).toBeNull()
  })

  it('is asked about where another character makes another name', () => {
    const { place, undecided } = match('柳林小区3栋')
    expect(place?.target.level).not.toBe('building')
    expect(undecided.map(({ target }) => target.label).toSorted()).toEqual(
      ['江南社区柳堤小区3栋', '江南社区柳苑小区3栋'].toSorted(),
    )
  })

  it('is asked about where a community has several of the number', () => {
    const { place, undecided } = match('江北社区3栋2单元501')
    expect(place?.target).toMatchObject({ level: 'community', communityCode: '990109001001' })
    expect(undecided.map(({ target }) => target.label)).toEqual(['江北社区江北新村3栋', '江北社区港务家属院3栋'])
    expect(labelOf('江北社区12栋')).toBe('江北社区港务家属院12栋')
  })

  it('is less sure where it is only near, or has no such unit', () => {
    const certainty = (address: string) => match(address).place?.certainty ?? 0
    expect(certainty('港务家属院4栋')).toBeGreaterThan(certainty('港务家属院4栋旁'))
    expect(certainty('港务家属院4栋2单元')).toBeGreaterThan(certainty('港务家属院4栋9单元'))
    expect(certainty('港务家属院4栋')).toBeGreaterThan(certainty('港务4栋'))
  })

  it('in another community than the row says is asked about', () => {
    const elsewhere = match('港务家属院4栋', { communityCode: '990109001002', gridCode: null })
    expect(elsewhere.place).toBeNull()
    expect(elsewhere.undecided).toHaveLength(1)
  })
})

describe('an estate of one name in two communities', () => {
  const twice = new Gazetteer({
    ...street,
    buildings: [...street.buildings, ...estate('001', 101, '春和苑小区', 3), ...estate('002', 201, '春和苑小区', 5)],
  })
  const at = (address: string, within = anywhere) => matchAddress(twice, address, within)
  const both = ['江北社区春和苑小区', '江南社区春和苑小区']

  it('is asked about where nothing says which is meant, and never placed between them', () => {
    for (const address of ['春和苑小区门口', '春和苑小区99栋', '滨河路春和苑小区']) {
      const { place, undecided } = at(address)
      expect(place).toBeNull()
      expect(undecided.map(({ target }) => target.label).toSorted()).toEqual(both)
      for (const { target } of undecided) expect(twice.target(target.id)).toBe(target)
    }
    expect(
      at('春和苑小区2栋')
        .undecided.map(({ target }) => target.buildingCode ?? '')
        .toSorted(),
    ).toEqual(['99010900100100102', '99010900100200202'])
  })

  it('is the one of the community that the address or the row names, or that alone has the number', () => {
    const southern = at('江南社区春和苑小区').place?.target
    expect(southern).toMatchObject({ level: 'estate', label: both[1] })
    expect(southern?.lon).toBeCloseTo(114.203, 9)
    const within = { communityCode: '990109001001', gridCode: '990109001001001' }
    expect(at('春和苑小区', within).place?.target.label).toBe(both[0])
    expect(at('春和苑小区3栋', within).place?.target.buildingCode).toBe('99010900100100103')
    expect(at('春和苑小区5栋').place?.target.buildingCode).toBe('99010900100200205')
  })
})

describe('what is less exact than a building', () => {
  it('is a house number of the base map', () => {
    expect(match('滨河路7号').place?.target).toMatchObject({ level: 'road', lon: 114.7, buildingCode: null })
  })

  it('is a house number between two that are known', () => {
    const { place } = match('五一巷8号')
    expect(place?.target).toMatchObject({ level: 'road', label: '51巷8号', buildingCode: null })
    expect(place?.target.lon).toBeCloseTo(114.068, 5)
  })

  it.each([
    ['江北社区第3网格', 'grid', '江北社区第3网格'],
    ['江北社区03网格', 'grid', '江北社区第3网格'],
    ['江北社区居委会旁', 'community', '江北社区'],
    ['清溪街道江南社区', 'community', '江南社区'],
    ['柳堤小区门口', 'estate', '江南社区柳堤小区'],
  ])('%s', (address, level, label) => {
    expect(match(address).place?.target).toMatchObject({ level, label })
  })

  it('is the position of a building that was itself placed by its address', () => {
    const rough = new Gazetteer({
      ...street,
      buildings: street.buildings.map((one) => ({ ...one, positionSource: 'address-community' })),
    })
    expect(matchAddress(rough, '港务家属院4栋', anywhere).place?.target).toMatchObject({
      level: 'community',
      buildingCode: '99010900100100024',
    })
  })
})

test('numbers are strings of any length, and any text is read', () => {
  for (const address of [
    '',
    '4',
    '栋',
    '#',
    '----',
    '港务家属院'.repeat(40),
    `港务家属院${'9'.repeat(300)}栋`,
    '()（）',
    'A座',
  ])
    expect(match(address).undecided.length).toBeLessThan(9)
})
