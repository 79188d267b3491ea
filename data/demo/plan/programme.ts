/**
 * What stands where, by hand: for each quarter of the skeleton its grids in the order in which they are cut off
 * (from the west, or from the river), for each grid its blocks with their share of the ground.
 */
export type BlockSort =
  | 'walkUp'
  | 'factoryHousing'
  | 'terraces'
  | 'lanes'
  | 'village'
  | 'midRise'
  | 'towers'
  | 'school'
  | 'primary'
  | 'hospital'
  | 'market'
  | 'centre'
  | 'works'
  | 'yard'
  | 'shrine'
  | 'station'
  | 'clearing'
  | 'park'
  | 'green'
  | 'embankment'

export type BlockPlan = { sort: BlockSort; share: number; name?: string }
export type GridPlan = { share: number; dedicated?: string; blocks: BlockPlan[] }
export type QuarterPlan = { row: number; column: number; grids: GridPlan[] }
export type CommunityPlan = { name: string; quarters: QuarterPlan[] }

const mix = (...blocks: (BlockSort | [BlockSort, number] | [BlockSort, number, string])[]): BlockPlan[] =>
  blocks.map((block) =>
    typeof block === 'string' ? { sort: block, share: 1 } : { sort: block[0], share: block[1], name: block[2] },
  )

const grid = (share: number, ...blocks: Parameters<typeof mix>): GridPlan => ({ share, blocks: mix(...blocks) })
const dedicated = (name: string, share: number, ...blocks: Parameters<typeof mix>): GridPlan => ({
  ...grid(share, ...blocks),
  dedicated: name,
})

export const programme: readonly CommunityPlan[] = [
  {
    name: '船厂社区',
    quarters: [
      { row: 0, column: 0, grids: [dedicated('船厂江滩', 1, ['embankment', 1, '望澜江滩公园'])] },
      {
        row: 1,
        column: 0,
        grids: [
          dedicated('船厂创意园', 1.5, ['yard', 1, '澜江船厂创意园'], ['yard', 1, '澜江船厂创意园']),
          grid(0.9, 'factoryHousing', 'factoryHousing', ['green', 0.3, '船台街心花园']),
          grid(1, 'factoryHousing', ['park', 0.6, '船坞公园'], 'walkUp'),
          grid(1.2, 'walkUp', 'walkUp', ['primary', 1, '船厂路小学']),
          grid(1.1, 'terraces', 'terraces', 'walkUp', 'lanes'),
        ],
      },
    ],
  },
  {
    name: '观澜社区',
    quarters: [
      { row: 0, column: 1, grids: [dedicated('观澜江滩', 1, ['embankment', 1, '望澜江滩公园'])] },
      {
        row: 1,
        column: 1,
        grids: [
          grid(1, 'towers', ['park', 0.55, '观澜公园']),
          dedicated('江畔商务区', 0.8, ['centre', 1, '观澜天地'], ['centre', 0.8, '江畔中心']),
        ],
      },
      {
        row: 1,
        column: 2,
        grids: [
          grid(1, 'midRise', 'midRise'),
          grid(1, 'towers', ['green', 0.4, '云汀花园']),
          grid(1, 'towers', ['centre', 0.45, '澜岸里']),
          grid(1, 'walkUp', 'walkUp'),
        ],
      },
    ],
  },
  {
    name: '渡口社区',
    quarters: [
      { row: 0, column: 2, grids: [dedicated('渡口江滩', 1, ['embankment', 1, '望澜江滩公园'])] },
      {
        row: 1,
        column: 3,
        grids: [
          grid(1, 'terraces', 'terraces', 'terraces'),
          grid(1.1, 'lanes', 'terraces', 'lanes'),
          grid(1.1, 'lanes', 'lanes', ['green', 0.25, '渡口广场'], 'lanes'),
          grid(1, 'walkUp', 'factoryHousing', ['green', 0.3, '同兴园']),
          grid(1.1, 'walkUp', 'walkUp', ['primary', 1, '渡口小学']),
        ],
      },
    ],
  },
  {
    name: '三官里社区',
    quarters: [
      {
        row: 2,
        column: 0,
        grids: [
          grid(1, 'walkUp', 'factoryHousing', 'walkUp'),
          grid(1, 'terraces', 'terraces', 'terraces'),
          grid(1.05, 'lanes', 'lanes', 'lanes'),
          grid(1.2, ['shrine', 0.7, '三官殿'], 'lanes', 'lanes', 'lanes'),
          grid(1, 'terraces', 'lanes', 'lanes'),
          grid(1, 'lanes', ['green', 0.2, '三官园'], 'terraces', 'lanes'),
          grid(1, 'walkUp', 'walkUp', 'terraces'),
        ],
      },
    ],
  },
  {
    name: '文昌社区',
    quarters: [
      {
        row: 2,
        column: 1,
        grids: [
          grid(1.1, ['hospital', 1.3, '望澜医院'], 'walkUp', 'walkUp'),
          grid(1, 'walkUp', 'walkUp', ['park', 0.7, '文昌公园']),
          grid(0.9, 'walkUp', 'midRise'),
          dedicated('文昌商圈', 0.75, ['centre', 1, '文昌广场'], ['centre', 1, '文昌百货']),
        ],
      },
      {
        row: 2,
        column: 2,
        grids: [
          grid(1.5, ['park', 1.8, '莲塘公园'], 'walkUp', 'walkUp'),
          grid(1, 'midRise', 'walkUp', ['green', 0.3, '书院花园']),
          grid(1.1, ['school', 1.3, '望澜中学'], 'walkUp', 'walkUp'),
          grid(0.9, 'walkUp', 'walkUp', ['green', 0.3, '莲塘街花园']),
        ],
      },
    ],
  },
  {
    name: '柳堤社区',
    quarters: [
      {
        row: 2,
        column: 3,
        grids: [
          grid(1, 'walkUp', 'walkUp', 'walkUp'),
          grid(1, 'walkUp', ['green', 0.25, '柳堤游园'], 'walkUp', 'walkUp'),
          grid(1.1, 'walkUp', ['primary', 1, '柳堤小学'], 'walkUp'),
          grid(1, 'walkUp', 'walkUp', 'walkUp'),
          grid(1, 'walkUp', 'midRise', 'walkUp'),
          grid(1, 'walkUp', 'walkUp', 'factoryHousing'),
          grid(1, 'walkUp', 'walkUp', ['green', 0.3, '春晖园']),
          grid(1, 'lanes', 'walkUp', 'walkUp'),
        ],
      },
    ],
  },
  {
    name: '红机社区',
    quarters: [
      {
        row: 3,
        column: 0,
        grids: [
          dedicated('红机厂区', 1.6, ['works', 1, '红星机床厂'], ['works', 1, '红星机床厂']),
          grid(0.9, 'factoryHousing', ['park', 0.5, '工人文化园'], 'factoryHousing'),
          grid(1, 'factoryHousing', ['primary', 1, '红机子弟小学'], 'factoryHousing'),
          grid(1, 'factoryHousing', 'walkUp', ['green', 0.3, '劳动花园']),
          grid(1, 'walkUp', 'walkUp', 'factoryHousing'),
        ],
      },
    ],
  },
  {
    name: '站前社区',
    quarters: [
      {
        row: 3,
        column: 1,
        grids: [
          dedicated('站前广场', 1.1, ['station', 1, '云汀北站']),
          grid(1.1, ['centre', 0.5, '站前商城'], 'walkUp', 'walkUp'),
        ],
      },
      {
        row: 3,
        column: 2,
        grids: [
          grid(1, 'walkUp', 'factoryHousing', ['green', 0.3, '北港绿地']),
          dedicated('北港市场', 0.9, ['market', 1.4, '北港综合市场'], ['market', 0.8, '北港综合市场']),
          grid(1, 'walkUp', 'walkUp', 'walkUp'),
        ],
      },
    ],
  },
  {
    name: '新桥社区',
    quarters: [
      {
        row: 3,
        column: 3,
        grids: [
          grid(0.9, 'village', 'village', ['green', 0.3, '新桥河滩绿地']),
          grid(0.9, 'village', 'village', ['green', 0.3, '祠堂广场']),
          grid(1, 'village', ['clearing', 1.2, '新桥征收片区'], 'village'),
          grid(1, 'towers', ['green', 0.5, '新桥还建花园']),
          grid(1.1, 'midRise', ['school', 1.3, '新桥学校'], 'midRise'),
          grid(1, 'walkUp', 'walkUp', 'village'),
        ],
      },
    ],
  },
]

/** The same, denser: a grid more of lanes, one more of village houses, and lanes beside the estates of 柳堤. */
export const denseProgramme: readonly CommunityPlan[] = programme.map((community) => ({
  ...community,
  quarters: community.quarters.map((quarter) => ({ ...quarter, grids: denser(community.name, quarter.grids) })),
}))

function denser(community: string, grids: readonly GridPlan[]): GridPlan[] {
  if (community === '三官里社区') return [...grids, grid(1, 'lanes', 'lanes', 'lanes')]
  if (community === '新桥社区') return [...grids, grid(1, 'village', 'village', 'village')]
  if (community !== '柳堤社区') return [...grids]
  return grids.map((plan, i) => (i % 3 !== 1 ? { ...plan, blocks: [...plan.blocks, ...mix('lanes')] } : plan))
}
