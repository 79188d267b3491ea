import { incidentTypeLabels, type IncidentType } from '../../domain/incident-type.ts'
import { normalise } from '../columns/columns.ts'
import { Words } from './words.ts'

/**
 * Words for what an incident is about, in use in ledgers and open data (domain dictionary §3). Disputes come before
 * events, because a ledger that says 环境污染纠纷 means the dispute.
 */
export const typeWords = new Words<IncidentType>(
  incidentTypeLabels,
  {
    D01: ['婚恋', '婚姻', '家庭', '恋爱', '婚姻家庭纠纷', '赡养', '抚养', '继承'],
    D02: ['邻里纠纷', '邻里关系', '相邻关系', 'noise'],
    D03: ['房屋', '宅基地', '房屋纠纷', '房产'],
    D04: ['合同纠纷', '借贷', '债务', '民间借贷', '租赁'],
    D05: ['经营', '生产经营纠纷'],
    D06: ['损害', '赔偿', '人身损害', '火灾善后', '伤害'],
    D07: ['山林', '土地', '林地', '山林土地纠纷'],
    D08: ['征地', '拆迁', '征迁', '涉房', '征收'],
    D09: ['污染', '环保', '环境污染纠纷'],
    D10: ['劳资', '劳动', '工伤', '欠薪', '劳资纠纷', '讨薪'],
    D11: ['消费纠纷', '消费维权'],
    D12: ['医疗纠纷', '医患'],
    D13: ['交通事故', '道路交通', '车祸', 'trafficaccident', 'vehicleaccident'],
    D14: ['物业纠纷', '物业管理'],
    D15: ['电商', '网购'],
    D99: ['养老保险', '其他矛盾纠纷', '矛盾纠纷', '纠纷', 'E01', 'dispute'],
    E02: ['安全', '消防', '隐患', '飞线充电', '楼道堆物', '安全生产', '内涝', '渍水', 'firehazard', 'fire'],
    E03: ['环境', '卫生', '市容', '垃圾', '市容环境', 'sanitation'],
    E04: ['报修', '设施', '公共设施', '维修', '路灯'],
    E05: ['占道', '占道经营', '违停', '街面秩序', '乱停乱放'],
    E06: [
      '社会治安',
      '治安案件',
      '刑事',
      '盗窃',
      '抢劫',
      '诈骗',
      '打架',
      'robbery',
      'theft',
      'burglary',
      'assault',
      'crime',
      'homicide',
      'larceny',
      'vandalism',
      'fraud',
    ],
    E07: ['救助', '民生', '帮扶', '求助', 'ems', 'medicalemergency'],
    E08: ['咨询类', 'inquiry'],
    E09: ['意见建议', '意见'],
    E10: ['告警', '报警', '设备报警', 'alarm'],
    E11: ['上访', '来信来访'],
    E99: ['其他', 'other'],
  },
  [
    ['婚', 'D01'],
    ['家庭', 'D01'],
    ['邻里', 'D02'],
    ['物业', 'D14'],
    ['劳资', 'D10'],
    ['劳动', 'D10'],
    ['工伤', 'D10'],
    ['欠薪', 'D10'],
    ['拆迁', 'D08'],
    ['征收', 'D08'],
    ['征地', 'D08'],
    ['宅基地', 'D03'],
    ['医疗', 'D12'],
    ['医患', 'D12'],
    ['交通事故', 'D13'],
    ['消费', 'D11'],
    ['合同', 'D04'],
    ['噪音', 'D02'],
    ['噪声', 'D02'],
    ['robbery', 'E06'],
    ['theft', 'E06'],
    ['burglary', 'E06'],
    ['assault', 'E06'],
    ['盗', 'E06'],
    ['诈骗', 'E06'],
    ['消防', 'E02'],
    ['隐患', 'E02'],
    ['飞线', 'E02'],
    ['内涝', 'E02'],
    ['垃圾', 'E03'],
    ['卫生', 'E03'],
    ['报修', 'E04'],
    ['占道', 'E05'],
    ['停车', 'E05'],
    ['治安', 'E06'],
    ['救助', 'E07'],
    ['咨询', 'E08'],
    ['建议', 'E09'],
    ['信访', 'E11'],
    ['纠纷', 'D99'],
    ['矛盾', 'D99'],
    ['dispute', 'D99'],
  ],
)

export type TypeReading = {
  type: IncidentType
  /** The source's word, stored where it says more than our code. */
  sourceType: string | null
  /** False where the word meant nothing to us and the type is only “other”. */
  known: boolean
}

/** What a ledger's word for a type means. An unknown word is stored and counted as “other event” (E99). */
export function readType(word: string): TypeReading {
  // A column of a million rows holds few different words.
  let reading = recent.get(word)
  if (reading === undefined) {
    reading = understand(word)
    if (recent.size < 10_000) recent.set(word, reading)
  }
  return reading
}

const recent = new Map<string, TypeReading>()

function understand(word: string): TypeReading {
  const type = typeWords.read(word)
  if (type === null) return { type: 'E99', sourceType: word, known: false }
  const { zh, en } = incidentTypeLabels[type]
  const ours = [type, zh, en].some((own) => normalise(own) === normalise(word))
  return { type, sourceType: ours ? null : word, known: true }
}
