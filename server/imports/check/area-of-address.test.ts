import { expect, it, describe } from 'vitest'
import { AreaIndex, type KnownArea } from './area-index.ts'
import { areaOfAddress, numberedGrids } from './area-of-address.ts'

const area = (code: string, level: KnownArea['level'], name: string, source = 'import:区域.geojson'): KnownArea => ({
  code,
  level,
  name,
  source,
  sourceId: null,
  lon: 114,
  lat: 30,
  geometry: '{"type":"MultiPolygon","coordinates":[]}',
})
const areas = new AreaIndex(
  [
    area('990109001', 'street', '清溪街道'),
    area('990109001001', 'community', '江北社区'),
    area('990109001002', 'community', '江南社区'),
    area('990109001001003', 'grid', '江北社区第3网格'),
    area('990109001002003', 'grid', '江南社区第三网格'),
    area('990109001002012', 'grid', '江南社区专属网格'),
    area('990109002', 'street', '清河街道'),
    area('990109002001', 'community', '江北村'),
    area('990101001', 'street', '望澜街道', 'demo'),
  ],
  null,
)

describe('the area that an address names', () => {
  it.each([
    ['某市清溪街道办事处江北社区3栋', '990109001001'],
    ['清溪街江南社区居委会旁', '990109001002'],
    ['清河街道江北村5号', '990109002001'],
    ['清溪街道清河路12号', '990109001'],
    ['江南社区', '990109001002'],
    ['望澜街道港务家属院4栋', null],
    ['港务家属院4栋', null],
    ['', null],
  ])('%s', (address, code) => {
    expect(areaOfAddress(areas, address)).toBe(code)
  })
})

describe('grids by their numbers', () => {
  it.each([
    ['3', ['990109001001003', '990109001002003']],
    ['03网格', ['990109001001003', '990109001002003']],
    ['第三网格', ['990109001001003', '990109001002003']],
    ['江南社区03网格', ['990109001002003']],
    ['江北第3网格', ['990109001001003']],
    ['12网格', ['990109001002012']],
    ['专属网格', []],
  ])('%s', (name, codes) => {
    expect(numberedGrids(areas, name)).toEqual(codes)
  })
})

it('the only street is that of rows which say nothing, the demo left aside', () => {
  expect(areas.onlyStreet()).toBeNull()
  expect(
    new AreaIndex(
      [...areas.byCode.values()].filter(({ code }) => !code.startsWith('990109002')),
      null,
    ).onlyStreet(),
  ).toBe('990109001')
})
