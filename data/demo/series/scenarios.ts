import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Home } from '../make-buildings.ts'

/** What makes cases cluster for a while. */
export type Scenario = {
  name: string
  /** Shares of the types. */
  types: Partial<Record<IncidentType, number>>
  /** Buildings at whose middle it can be, buildings it can touch, and how many of those it needs. */
  at: (home: Home) => boolean
  near: (home: Home) => boolean
  least: number
  radius: [number, number]
  days: [number, number]
  count: [number, number]
}

const lived = (home: Home) => (home.building.households ?? 0) > 0
const trade = (home: Home) => ['commercial', 'market', 'mixed', 'transport'].includes(home.building.use)
const any = () => true
const old = (home: Home) => home.block === 'lanes' || home.block === 'terraces'

/** In a community of its own where possible, so that two clusters of the same months do not lie upon each other. */
const cluster = (
  name: string,
  community: string,
  types: Scenario['types'],
  at: Scenario['at'],
  near: Scenario['near'],
  least: number,
  radius: Scenario['radius'] = [95, 130],
): Scenario => ({
  name,
  types,
  at: (home) => home.building.communityCode.endsWith(community) && at(home),
  near,
  least,
  radius,
  days: [42, 72],
  count: [150, 185],
})

const slab = (home: Home) => home.draft.sort === 'slab'
const used = (use: Home['building']['use']) => (home: Home) => home.building.use === use
const built = (block: Home['block']) => (home: Home) => home.block === block

export const scenarios: Record<'cluster' | 'lift' | 'redevelopment', Scenario[]> = {
  cluster: [
    cluster(
      '老里份公房腾退与产权争议',
      '004',
      { D03: 6, D02: 2, E11: 1, D99: 1 },
      old,
      (home) => old(home) && lived(home),
      20,
    ),
    cluster('北港市场计量与退赔纠纷', '008', { D11: 5, D05: 3, E05: 2, D06: 1 }, built('market'), trade, 8),
    cluster('夜宵摊油烟与噪声', '003', { D09: 6, E05: 3, D02: 2 }, trade, any, 14),
    cluster(
      '出租屋飞线充电',
      '009',
      { E02: 7, D02: 1, E04: 1 },
      built('village'),
      (home) => lived(home) && home.block === 'village',
      24,
    ),
    cluster(
      '物业更替与停车收费',
      '002',
      { D14: 7, E08: 1, E05: 2 },
      (home) => home.draft.sort === 'tower',
      lived,
      4,
      [100, 130],
    ),
    cluster('征收片区工地欠薪与夜间施工', '009', { D10: 4, D09: 4, D08: 2 }, built('clearing'), any, 8),
    cluster('老旧小区下水管网堵塞', '006', { E04: 6, E03: 3, D02: 2 }, slab, lived, 7),
    cluster('站前揽客与占道', '008', { E05: 5, E06: 4, D11: 2 }, used('transport'), any, 4, [110, 140]),
    cluster('校门口接送占道', '001', { E05: 6, D13: 3, E09: 1 }, used('school'), any, 8),
    cluster('医院周边停车与医患争议', '005', { D12: 3, E05: 5, D13: 2 }, used('medical'), any, 6),
    cluster(
      '职工宿舍漏雨与维修资金',
      '007',
      { E04: 4, D14: 3, D02: 3 },
      (home) => home.block === 'factoryHousing' && slab(home),
      lived,
      9,
    ),
  ],
  lift: [
    {
      name: '加装电梯',
      types: { D02: 6, D14: 2, E08: 2, D99: 1 },
      at: (home) => home.block === 'walkUp' && home.draft.sort === 'slab',
      near: (home) => home.draft.sort === 'slab',
      least: 3,
      radius: [60, 75],
      days: [90, 150],
      count: [10, 18],
    },
  ],
  redevelopment: [
    {
      name: '房屋征收',
      types: { D08: 6, D03: 2, E11: 1, E08: 1 },
      at: (home) => home.block === 'lanes' || home.block === 'village',
      near: lived,
      least: 20,
      radius: [85, 110],
      days: [160, 230],
      count: [45, 65],
    },
  ],
}
