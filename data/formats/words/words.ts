import {
  buildingUseLabels,
  buildingUses,
  structureLabels,
  structures,
  type BuildingUse,
} from '../../domain/building.ts'
import { facilityKindLabels, facilityKinds, facilityStatuses, facilityStatusLabels } from '../../domain/facility.ts'
import { incidentStatusLabels, incidentStatuses, type IncidentStatus } from '../../domain/incident-status.ts'
import type { Label } from '../../domain/label.ts'
import { riskLabels, risks, urgencies, urgencyLabels } from '../../domain/risk.ts'
import { normalise } from '../columns/columns.ts'

/** A member of a closed set as a person chooses it. */
export type WordOption = { code: string; label: Label }

/** A closed set's members by code, Chinese label, English label or another word in use (domain dictionary §3). */
export class Words<Code extends string> {
  /** Every member in its own words: what a person can write. */
  readonly options: readonly (WordOption & { code: Code })[]
  readonly #codes = new Map<string, Code>()
  readonly #parts: [string, Code][]
  readonly #longest: number
  readonly #recent = new Map<string, Code | null>()

  /**
   * @param parts words that decide when they occur anywhere in the text, tried in order
   * @param longest text in which parts decide: a story is no word
   */
  constructor(
    labels: Record<Code, Label>,
    words: Partial<Record<Code, string[]>>,
    parts: [string, Code][] = [],
    longest = Infinity,
  ) {
    this.#longest = longest
    this.options = (Object.keys(labels) as Code[]).map((code) => ({ code, label: labels[code] }))
    this.#parts = parts
    for (const code of Object.keys(labels) as Code[]) {
      for (const word of [code, labels[code].zh, labels[code].en, ...(words[code] ?? [])]) {
        const key = normalise(word)
        if (!this.#codes.has(key)) this.#codes.set(key, code)
      }
    }
  }

  /** The member that a word means, or null. */
  read(word: string): Code | null {
    // A column of a million rows holds few different words.
    let code = this.#recent.get(word)
    if (code === undefined) {
      code = this.#find(word)
      if (this.#recent.size < 10_000) this.#recent.set(word, code)
    }
    return code
  }

  #find(word: string): Code | null {
    const key = normalise(word)
    const exact = this.#codes.get(key)
    if (exact !== undefined) return exact
    if (key.length > this.#longest) return null
    return this.#parts.find(([part]) => key.includes(part))?.[1] ?? null
  }
}

/** A closed set's labels, without what else its table of labels may hold. */
export const codesOf = <Code extends string>(codes: readonly Code[], labels: Record<Code, Label>) =>
  Object.fromEntries(codes.map((code) => [code, labels[code]])) as Record<Code, Label>

/** How far a case has come, and what ledgers write below 是否成功, 是否化解, 办理情况 and 整改情况. */
export const statusWords = new Words<IncidentStatus>(
  codesOf(incidentStatuses, incidentStatusLabels),
  {
    '10': ['上报', '待受理', '待审核', '待登记', '新建', '未处理', '未受理', '新增', '待核实受理', 'open', 'new'],
    '15': ['不受理', '拒绝', '不予办理'],
    '20': ['受理', '待分拨', '已登记', '已接收'],
    '30': ['立案', '研判', '待派遣', '待派单', '待交办', '待转办', '待分派'],
    '40': [
      '已派遣',
      '已交办',
      '已分流',
      '已转办',
      '已派单',
      '已分派',
      '已下派',
      '待签收',
      '已签收',
      '待处理',
      '待处置',
      '待办',
      '待办理',
      '待整改',
      'assigned',
    ],
    '45': ['已退回', '退单', '已退单', '退件', '已退件', '退回重办', '驳回', '已驳回'],
    '50': [
      '处理中',
      '办理中',
      '调解中',
      '化解中',
      '整改中',
      '处置中',
      '跟进中',
      '正在处理',
      '正在办理',
      '正在调解',
      '正在化解',
      '正在整改',
      '在办',
      '处置',
      '未办结',
      '未化解',
      '未完成',
      '未结案',
      '未解决',
      '未整改',
      '部分化解',
      '部分解决',
      '部分整改',
      '限期整改',
      '调解失败',
      '调解不成',
      '调解未成',
      '调解不成功',
      '不成功',
      '未成功',
      '失败',
      '稳控中',
      '已稳控',
      // Under 是否化解 and its like.
      '否',
      '×',
      '✗',
      'no',
      'inprogress',
    ],
    '52': ['待补充', '待当事人补充', '待补充材料'],
    '55': ['挂账', '缓办', '挂起', 'onhold'],
    '58': ['已转外单位', '转外部单位', '转其他单位'],
    '60': ['核查', '待核实', '待评价', '结案待评', '待复查', '待验收'],
    '70': [
      '已结案',
      '已办结',
      '办结',
      '已完成',
      '完成',
      '已完结',
      '完结',
      '已化解',
      '化解',
      '化解成功',
      '调解成功',
      '已调解',
      '已调结',
      '已处理',
      '已处置',
      '已整改',
      '整改完成',
      '处理完毕',
      '已解决',
      '结束',
      '是',
      '√',
      '✓',
      '成功',
      '已回复',
      '已答复',
      '已办理',
      '已处警',
      '解决',
      '已消除',
      'yes',
      'resolved',
      'done',
    ],
    '75': ['回访', '待回访', '已回访'],
    '80': ['归档', '已归档', '销号', '已销号', '已销账'],
    '90': ['已作废', '删除', '已删除', '撤销', '已撤销', '已撤诉', '重复', '重复件', 'cancelled'],
    '99': ['unknown'],
  },
  [
    // What is not done contains what would be: 未办结 before 办结.
    ['未办结', '50'],
    ['未结案', '50'],
    ['未化解', '50'],
    ['未解决', '50'],
    ['未整改', '50'],
    ['未完成', '50'],
    ['未成功', '50'],
    ['未达成', '50'],
    ['不成功', '50'],
    ['调解未成', '50'],
    ['调解不成', '50'],
    ['协商不成', '50'],
    ['失败', '50'],
    ['不予受理', '15'],
    ['退回', '45'],
    ['退单', '45'],
    ['作废', '90'],
    ['已销号', '80'],
    ['已归档', '80'],
    ['已办结', '70'],
    ['已结案', '70'],
    ['已化解', '70'],
    ['已解决', '70'],
    ['已整改', '70'],
    ['已处理', '70'],
    ['已处置', '70'],
    ['调解成功', '70'],
    ['化解成功', '70'],
    ['达成协议', '70'],
    ['达成调解协议', '70'],
    ['整改完毕', '70'],
    ['处理完毕', '70'],
    ['办理完毕', '70'],
    ['办理中', '50'],
    ['处理中', '50'],
    ['处置中', '50'],
    ['调解中', '50'],
    ['化解中', '50'],
    ['整改中', '50'],
    ['正在', '50'],
  ],
  16,
)

export const riskWords = new Words(codesOf(risks, riskLabels), {
  red: ['红', '红色', '重点', '高', '高风险', '重大风险', '重大隐患', '特别重大', 'high', '一级', 'Ⅰ级', 'critical'],
  orange: ['橙', '橙色', '关注', '较大风险', '较大隐患', '二级', 'Ⅱ级', '较高', '较高风险', '中高风险'],
  yellow: ['黄', '黄色', '中', '中等', '中风险', '中等风险', '一般风险', '一般隐患', '三级', 'Ⅲ级', 'medium'],
  blue: ['蓝', '蓝色', '隐患', '低', '较低', '轻微', '低风险', '较低风险', '无风险', '可控', '四级', 'Ⅳ级', 'low'],
})

export const urgencyWords = new Words(codesOf(urgencies, urgencyLabels), {
  '1': ['普通', '否', '正常', 'low', 'medium', '平件'],
  '2': ['急', '是', '急件', '加急', 'high'],
  '3': ['特急', '特别紧急', '非常急', 'emergency'],
})

export const facilityKindWords = new Words(
  codesOf(facilityKinds, facilityKindLabels),
  {
    service_station: ['驿站', '服务站', '党群服务中心', '社区服务站', 'community_centre', 'social_facility'],
    mediation_room: ['调解', '人民调解委员会', '调委会'],
    police: ['派出所', '公安', '警务站'],
    school: ['中学', '小学', '幼儿园', 'kindergarten', 'university', 'college'],
    smoke_detector: ['烟雾报警器', '烟感探测器', '独立烟感', '烟雾探测器'],
  },
  [
    ['烟感', 'smoke_detector'],
    ['烟雾', 'smoke_detector'],
    ['调解', 'mediation_room'],
    ['驿站', 'service_station'],
    ['派出所', 'police'],
    ['警务', 'police'],
    ['学校', 'school'],
    ['小学', 'school'],
    ['中学', 'school'],
    ['幼儿园', 'school'],
  ],
)

export const facilityStatusWords = new Words(codesOf(facilityStatuses, facilityStatusLabels), {
  online: ['正常', '上线', '运行', '1', 'ok'],
  offline: ['离线', '断线', '2', '故障'],
  low_battery: ['低电量', '电量低', '6', '欠压'],
  alarm: ['报警', '烟雾告警', '火警', '3', '4'],
  not_applicable: ['无', '', '-'],
})

export const buildingUseWords = new Words<BuildingUse>(
  codesOf(buildingUses, buildingUseLabels),
  {
    residential: ['居住', '民宅', '居民楼', '公寓', 'apartments', 'house', 'dormitory', 'detached', 'terrace'],
    mixed: ['商住两用', '商住楼', '底商'],
    commercial: [
      '商铺',
      '商场',
      '酒店',
      '宾馆',
      'retail',
      'mall',
      'hotel',
      'shop',
      'bank',
      'restaurant',
      'supermarket',
    ],
    office: ['办公楼', '写字楼', 'company'],
    school: ['教育', 'kindergarten', 'university', 'college'],
    medical: ['医院', '卫生', 'hospital', 'clinic'],
    market: ['菜场', '农贸市场', 'marketplace'],
    public: [
      '公共服务',
      '文化',
      '宗教',
      'civic',
      'government',
      'museum',
      'arts_centre',
      'embassy',
      'place_of_worship',
      'attraction',
      'church',
      'temple',
      'tower',
      'communications_tower',
    ],
    industrial: ['厂房', '仓库', 'warehouse', 'factory'],
    transport: ['车站', '车库', 'transportation', 'train_station', 'parking', 'garage'],
  },
  [
    ['住宅', 'residential'],
    ['商住', 'mixed'],
    ['商业', 'commercial'],
    ['办公', 'office'],
  ],
)

export const structureWords = new Words(codesOf(structures, structureLabels), {
  brick_wood: ['砖木结构', '木结构'],
  brick_concrete: ['砖混结构', '混合结构', '混合'],
  frame: ['框架结构', '钢混', '钢筋混凝土'],
  shear_wall: ['剪力墙结构', '框剪', '框架剪力墙'],
  steel: ['钢', '钢架'],
})
