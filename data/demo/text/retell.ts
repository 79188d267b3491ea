import type { Channel } from '@minqing/data/domain/channel'
import type { Random } from '../../stats/random.ts'
import { openers, storyOf, type Occasion } from './compose.ts'
import { anySentence, fillPlaces, type Lists, type Words } from './template.ts'

/** How much of a first report is in a later one; the rest is left out or another detail. */
const shares = {
  /** What it is about: the first word, and each that the text takes up again. Of something else it would be another case. */
  subject: 0.97,
  /** The other words of the first clause. */
  opening: 0.92,
  /** What it led to, what is asked for: the words of a later clause. */
  later: 0.5,
  /** The unit and floor, or the side of the building; otherwise the building alone, or a part beside it. */
  exactSpot: 0.6,
  vagueSpot: 0.36,
  /** A clause of the text as it was, and as another one. */
  clause: 0.5,
  otherClause: 0.25,
  /** The name of somebody in it. */
  name: 0.7,
  /** A clause behind the first one of the title. */
  rest: 0.6,
  /** Each usual word that has another one. */
  synonym: 0.6,
  /** What the title says, in front of the text. */
  heading: 0.7,
}

/**
 * The same case as somebody else reports it: the same place and matter with most of the details, less of it, in other words
 * and another order. `first` is the first report.
 */
export function retell(
  occasion: Occasion,
  first: { title: string; text: string },
  channel: Channel,
  random: Random,
): { title: string; text: string } {
  const { matter, number, lists } = storyOf(occasion)
  const before = choicesOf(matter.title, lists, number)
  const words: Words = {}
  let isFirst = true
  const sentence = fillPlaces(matter.title, lists, words, (options, name, at) => {
    const was = before[at] as string
    if (options === lists['spot'] || options === lists['near'])
      return spotAgain(was, options, occasion.home.building.name, random)
    const isSubject = name !== null || isFirst
    isFirst = false
    const share = isSubject ? shares.subject : isInOpening(matter.title, at) ? shares.opening : shares.later
    return random.chance(share) ? was : random.pick(options)
  })
  const [opening = '', ...rest] = sentence.split('，')
  const title = otherWords([opening, ...rest.filter(() => random.chance(shares.rest))].join('，'), random)
  const named = namedIn(first.text)
  const people: Lists = named === null ? {} : { surname: [named.surname], who: [named.who] }
  const other = clausesOf(anySentence(matter.text, { ...lists, ...people }, random, words))
  const clauses = clausesOf(first.text.split('。')[1] ?? '').flatMap((clause, at) => {
    const now = random.weighted({
      same: shares.clause,
      other: shares.otherClause,
      none: 1 - shares.clause - shares.otherClause,
    })
    const said = now === 'same' ? clause : now === 'other' ? other[at] : undefined
    if (said === undefined) return []
    return [named !== null && !random.chance(shares.name) ? said.replace(named.surname + named.who, '居民') : said]
  })
  const inOrder = random.chance(0.4) ? random.shuffle(clauses) : clauses
  const parts = [...(random.chance(shares.heading) || clauses.length === 0 ? [opening] : []), ...inOrder]
  return { title, text: `${random.pick(openers[channel])}${otherWords(parts.join('，'), random)}。` }
}

const clausesOf = (text: string) => text.replace(/。$/, '').split('，')

/** Whether a place of a template stands before its first comma. */
function isInOpening(template: string, at: number): boolean {
  const opening = template.replaceAll(/\{[^}]*\}/g, '{}').split('，')[0] ?? ''
  return at < opening.split('{}').length - 1
}

/** What was chosen for each place of a numbered sentence. */
function choicesOf(text: string, lists: Lists, number: number): string[] {
  const choices: string[] = []
  let rest = number
  fillPlaces(text, lists, {}, (options) => {
    const option = options[rest % options.length] as string
    rest = Math.floor(rest / options.length)
    choices.push(option)
    return option
  })
  return choices
}

function spotAgain(spot: string, spots: readonly string[], building: string, random: Random): string {
  if (random.chance(shares.exactSpot)) return spot
  if (random.chance(shares.vagueSpot / (1 - shares.exactSpot))) return building
  const at = spots.indexOf(spot)
  return spots[(at + (random.chance(0.5) ? 1 : spots.length - 1)) % spots.length] as string
}

/** Somebody whom a text names by surname. */
function namedIn(text: string): { surname: string; who: string } | null {
  const [, surname, who] = /([\u4e00-\u9fff])(先生|女士|师傅|阿姨|大爷)/.exec(text) ?? []
  return surname === undefined || who === undefined ? null : { surname, who }
}

/** Words as one office writes them and another person says them. */
const synonyms: readonly (readonly [string, readonly string[]])[] = (
  '反映:说,投诉 住户:人家,邻居 居民:群众,街坊 业主:住户,居民 扰民:吵人,吵得睡不着 噪声:声音大,吵闹 漏水:滴水,漏 渗水:漏水,洇水 ' +
  '堆放:堆着,堆了 占用:占着,霸占 争执:吵架,争吵 发生口角:吵嘴 老人:老人家,老年人 孩子:小孩,娃 电动车:电瓶车 商户:店家,门店 ' +
  '损坏:坏了 堵塞:堵了,不通 清理:打扫,清掉 补偿:赔钱 协商:商量 拖欠:欠着 工资:工钱 租客:房客 租户:房客 物业:物业公司 ' +
  '施工:干活,动工 多次:好几次,反复 无人:没人 希望:盼望,想要 尽快:赶紧,抓紧 垃圾:脏东西,废物 楼道:楼梯间,过道 ' +
  '消费者:顾客,客人 双方:两边,两家 已:已经 夜间:晚上,夜里 深夜:半夜 维修:修理 更换:换掉 影响:妨碍 纠纷:矛盾 调解:说和,做工作 ' +
  '拒绝:不肯 要求:想让 安排:派人 存在:有 通行:走路 摆放:放着 住院:在医院 受伤:伤了 退款:退钱 费用:钱 联系:找 尚未:还没 ' +
  '损失:亏了 行人:路人 车辆:车子 停放:停着 路面:地上 破损:坏掉,烂了 异味:臭味,难闻的气味 油烟:烟气 持续:一直有 质疑:怀疑'
)
  .split(' ')
  .map((entry) => {
    const [word = '', others = ''] = entry.split(':')
    return [word, others.split(',')] as const
  })

function otherWords(text: string, random: Random): string {
  let result = text
  for (const [word, others] of synonyms)
    if (result.includes(word) && random.chance(shares.synonym)) result = result.replaceAll(word, random.pick(others))
  return result
}
