import { Random } from '../random.ts'
import type { BuiltBlock, BuiltGrid } from '../plan/build-up.ts'
import type { BlockSort } from '../plan/programme.ts'

const stems: Partial<Record<BlockSort, { stems: string[]; ends: string[] }>> = {
  walkUp: {
    stems:
      '柳堤 柳苑 文昌 莲塘 同兴 安澜 春晖 德胜 金汀 永宁 北港 惠民 康乐 团结 兴业 新华 沿江 临澜 百步 花园 育才 建安 长丰 明珠 桂园 竹苑 梅苑 松涛 荷苑 怡和 安居 丰华 三元 和顺 锦绣 江汉苑 友谊 利民 新建 东方 民航 粮苑 银苑 税苑 邮电 航运 港务 外贸 商苑 医苑'.split(
        ' ',
      ),
    ends: ['小区', '新村', '花园', '苑小区'],
  },
  factoryHousing: {
    stems:
      '船厂 红机 铁路 机务段 棉纺 港务 搬运 造纸 面粉厂 轧钢 印刷 水厂 电机 轮渡 仪表 肉联 无线电 灯泡厂 搪瓷厂 自行车厂'.split(
        ' ',
      ),
    ends: ['宿舍', '家属院', '工人新村'],
  },
  midRise: {
    stems: '望江 金色港湾 香堤 水岸 丽景 都市 阳光 澜岸 书香 碧云 逸品 莲湖 凤凰'.split(' '),
    ends: ['雅苑', '华庭', '花园', '名居'],
  },
  towers: { stems: '观澜 江宸 云汀 澜庭 天汇 江屿 滨江 望澜 新澜'.split(' '), ends: ['府', '一号', '壹品', '国际'] },
}

/** Names of residential estates: one for all blocks of a kind in a grid. */
export function estateNames(seed: number) {
  const random = new Random(seed, 'estates')
  const pools = new Map(Object.entries(stems).map(([sort, { stems: list }]) => [sort, random.shuffle(list)]))
  const given = new Map<string, string>()
  const counts = new Map<string, number>()
  return {
    of(grid: BuiltGrid, block: BuiltBlock): string | null {
      const { sort } = block.plan
      const words = stems[sort]
      if (words === undefined) return null
      const place = `${grid.code}/${sort}`
      const known = given.get(place)
      if (known !== undefined) return known
      const stem = pools.get(sort)?.pop()
      if (stem === undefined) throw new RangeError(`not enough names for estates of the kind ${sort}`)
      const end = random.pick(words.ends)
      const name = `${stem}${stem.endsWith('苑') && end.startsWith('苑') ? '小区' : end}`
      given.set(place, name)
      return name
    },
    count: (estate: string) => counts.get(estate) ?? 0,
    setCount: (estate: string, count: number) => void counts.set(estate, count),
  }
}
