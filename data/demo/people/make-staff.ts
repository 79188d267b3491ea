import type { NewParty } from '@minqing/data/domain/incident-party'
import type { Staff } from '@minqing/data/domain/staff'
import { Random } from '../../stats/random.ts'
import type { AreaWithBoundary } from '../street.ts'

const ofStreet: [Staff['role'], number][] = [
  ['street_leader', 3],
  ['duty_officer', 6],
  ['mediator', 4],
]
const ofCommunity: [Staff['role'], number][] = [
  ['community_secretary', 1],
  ['mediator', 2],
]
const ofGrid: [Staff['role'], number][] = [
  ['grid_leader', 1],
  ['grid_worker', 1],
]

/** Who is responsible for what: the first in an area's first role is its leader, its grid worker is on duty. */
export function makeStaff(areas: readonly AreaWithBoundary[], seed: number): Staff[] {
  const name = personNames(seed)
  const phone = phoneNumbers()
  const staff: Staff[] = []
  for (const area of areas) {
    const roles = { street: ofStreet, community: ofCommunity, grid: ofGrid }[area.level]
    for (const [position, [role, count]] of roles.entries())
      for (let i = 0; i < count; i++)
        staff.push({
          id: `S${String(staff.length + 1).padStart(4, '0')}`,
          streetCode: area.streetCode,
          areaCode: area.code,
          role,
          name: name(),
          workPhone: phone(),
          duty: role === 'grid_worker' ? 'worker' : position === 0 && i === 0 ? 'leader' : null,
        })
  }
  return staff
}

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const given =
  '志远 建国 秀兰 桂英 德明 海燕 文静 晓东 丽娟 永强 佳怡 思源 红梅 立新 春燕 国庆 玉珍 俊杰 雪梅 卫民 雅琴 振华 爱华 新宇 慧敏 长江 美玲 少华 明珠 嘉琪 宏伟 素芬 学文 金凤 子涵 家豪 淑贞 庆林 小兵 玲玲 云飞 晓琳 正平 翠萍 光明 静怡 世杰 冬梅 浩然 丽萍 国栋 欣然 大勇 若兰 启明 秋菊 天佑 彩霞 瑞芳 一鸣'.split(
    ' ',
  )

/** A name that stands for nobody: combined by chance. */
export function personName(random: Random): string {
  return surnames.charAt(random.whole(0, surnames.length - 1)) + random.pick(given)
}

/** Such names, each given once. */
function personNames(seed: number): () => string {
  const random = new Random(seed, 'names')
  const used = new Set<string>()
  return () => {
    for (;;) {
      const name = personName(random)
      if (used.has(name)) continue
      used.add(name)
      return name
    }
  }
}

/**
 * Mobile numbers that reach nobody: no operator has ever been given the prefix 154, so these can be shown and even
 * dialled without disturbing anyone.
 */
export function phoneNumbers(): () => string {
  let count = 0
  // A prime step wanders over the eight digits, so that neighbours do not look alike.
  return () => `154${String((++count * 7_654_321) % 100_000_000).padStart(8, '0')}`
}

const trades = ['便利店', '餐馆', '装饰工程部', '物业服务部', '汽车修理部', '劳务服务部']

/** Name and number of a party of a demo case, which stand for nobody. */
export function nameParty(
  seed: number,
  number: string,
  { party, partyKind }: { party: string; partyKind: NewParty['kind'] },
): Pick<NewParty, 'name' | 'phone'> {
  const random = new Random(seed, 'party', number, party)
  const own = personName(random)
  // No operator has ever been given the prefix 154.
  const phone = `154${String(random.whole(0, 99_999_999)).padStart(8, '0')}`
  return { name: partyKind === 'person' ? own : `${own.slice(1)}${random.pick(trades)}`, phone }
}
