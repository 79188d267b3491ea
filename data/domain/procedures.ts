import type { IncidentType } from './incident-type.ts'
import type { Label } from './label.ts'

// Lawful ways to deal with a case: who decides, how long the law gives, and what may follow. Facts of the laws named in
// `basis`, as in force in 2026; where the law gives no time, `limits` is empty.

export const stationNames = [
  'people_mediation',
  'medical_mediation',
  'administrative_mediation',
  'traffic_mediation',
  'consumer_complaint',
  'police_mediation',
  'judicial_confirmation',
  'labour_arbitration',
  'land_arbitration',
  'commercial_arbitration',
  'land_decision',
  'expropriation_decision',
  'official_handling',
  'police_case',
  'litigation',
  'appeal',
  'reconsideration',
  'administrative_litigation',
  'petition',
  'petition_review',
  'petition_recheck',
] as const
export type StationName = (typeof stationNames)[number]

type Limit = {
  label: Label
  amount: number
  unit: 'day' | 'workday' | 'month'
  /** `handle`: how long the authority may take; `apply`: until when it has to be asked. */
  of: 'handle' | 'apply'
}

/** One procedure on a route. */
export type Station = {
  label: Label
  authority: Label
  limits: readonly Limit[]
  /** Law and article; without one, the law as a whole. */
  basis: readonly { law: string; article: string | null }[]
  /** What may follow where it does not settle the case; none where it is the last. */
  next: readonly StationName[]
}

const handle = (amount: number, unit: Limit['unit'], zh: string, en: string): Limit => ({
  label: { zh, en },
  amount,
  unit,
  of: 'handle',
})
const apply = (amount: number, unit: Limit['unit'], zh: string, en: string): Limit => ({
  ...handle(amount, unit, zh, en),
  of: 'apply',
})
const law = (name: string, article: string | null = null) => ({ law: name, article })

const court = { zh: '人民法院', en: 'People’s court' }
const police = { zh: '公安机关', en: 'Police' }

export const stations: Readonly<Record<StationName, Station>> = {
  people_mediation: {
    label: { zh: '人民调解', en: 'People’s mediation' },
    authority: { zh: '人民调解委员会', en: 'People’s mediation committee' },
    limits: [],
    basis: [law('人民调解法', '第二十六条'), law('人民调解法', '第三十一条')],
    next: ['judicial_confirmation', 'litigation'],
  },
  medical_mediation: {
    label: { zh: '医疗纠纷人民调解', en: 'Mediation of medical disputes' },
    authority: { zh: '医疗纠纷人民调解委员会', en: 'Mediation committee for medical disputes' },
    limits: [handle(30, 'workday', '自受理起，鉴定时间不计', 'from acceptance, not counting appraisals')],
    basis: [law('医疗纠纷预防和处理条例')],
    next: ['judicial_confirmation', 'litigation'],
  },
  administrative_mediation: {
    label: { zh: '行政调解', en: 'Administrative mediation' },
    authority: { zh: '有关行政主管部门', en: 'The authority in charge' },
    limits: [],
    basis: [],
    next: ['litigation'],
  },
  traffic_mediation: {
    label: { zh: '交通事故损害赔偿调解', en: 'Mediation of traffic damages' },
    authority: { zh: '公安机关交通管理部门', en: 'Traffic police' },
    limits: [
      apply(10, 'day', '自收到交通事故认定书起申请', 'to apply, from receipt of the accident report'),
      handle(10, 'day', '调解期限', 'to mediate'),
    ],
    basis: [law('道路交通安全法', '第七十四条'), law('道路交通安全法实施条例')],
    next: ['litigation'],
  },
  consumer_complaint: {
    label: { zh: '消费投诉', en: 'Consumer complaint' },
    authority: { zh: '市场监督管理部门', en: 'Market regulator' },
    limits: [handle(7, 'workday', '自收到投诉起处理并告知', 'to act and answer, from receipt')],
    basis: [law('消费者权益保护法', '第三十九条'), law('消费者权益保护法', '第四十六条')],
    next: ['litigation'],
  },
  police_mediation: {
    label: { zh: '治安调解', en: 'Mediation by the police' },
    authority: police,
    limits: [],
    basis: [law('治安管理处罚法', '第九条')],
    next: ['police_case', 'litigation'],
  },
  judicial_confirmation: {
    label: { zh: '司法确认', en: 'Judicial confirmation' },
    authority: court,
    limits: [apply(30, 'day', '自调解协议生效起共同申请', 'to apply together, from when the agreement takes effect')],
    basis: [law('人民调解法', '第三十三条')],
    next: ['litigation'],
  },
  labour_arbitration: {
    label: { zh: '劳动争议仲裁', en: 'Labour arbitration' },
    authority: { zh: '劳动争议仲裁委员会', en: 'Labour arbitration commission' },
    limits: [
      apply(12, 'month', '自知道或应当知道权利被侵害起申请', 'to apply, from knowing of the breach'),
      handle(45, 'day', '自受理起结束', 'from acceptance'),
      handle(15, 'day', '案情复杂可以延长', 'more where it is complex'),
      apply(15, 'day', '不服裁决，自收到裁决书起起诉', 'to sue against the award, from its receipt'),
    ],
    basis: [
      law('劳动争议调解仲裁法', '第二十七条'),
      law('劳动争议调解仲裁法', '第四十三条'),
      law('劳动争议调解仲裁法', '第五十条'),
    ],
    next: ['litigation'],
  },
  land_arbitration: {
    label: { zh: '农村土地承包仲裁', en: 'Arbitration of farmland contracts' },
    authority: { zh: '农村土地承包仲裁委员会', en: 'Arbitration commission for farmland contracts' },
    limits: [
      handle(60, 'day', '自受理起结束', 'from acceptance'),
      handle(30, 'day', '案情复杂可以延长', 'more where it is complex'),
      apply(30, 'day', '不服裁决，自收到裁决书起起诉', 'to sue against the award, from its receipt'),
    ],
    basis: [law('农村土地承包经营纠纷调解仲裁法', '第四十七条'), law('农村土地承包经营纠纷调解仲裁法', '第四十八条')],
    next: ['litigation'],
  },
  commercial_arbitration: {
    label: { zh: '商事仲裁', en: 'Commercial arbitration' },
    authority: { zh: '约定的仲裁机构', en: 'The arbitration institution agreed upon' },
    limits: [],
    basis: [law('仲裁法')],
    // Its award is final.
    next: [],
  },
  land_decision: {
    label: { zh: '土地权属处理', en: 'Decision on land title' },
    authority: { zh: '人民政府', en: 'People’s government' },
    limits: [],
    basis: [law('土地管理法', '第十四条')],
    next: ['reconsideration', 'administrative_litigation'],
  },
  expropriation_decision: {
    label: { zh: '征收补偿决定', en: 'Decision on compensation' },
    authority: { zh: '市、县级人民政府', en: 'City or county government' },
    limits: [],
    basis: [law('国有土地上房屋征收与补偿条例', '第二十六条')],
    next: ['reconsideration', 'administrative_litigation'],
  },
  official_handling: {
    label: { zh: '依职责处理', en: 'Handling by the authority' },
    authority: { zh: '有关主管部门', en: 'The authority in charge' },
    limits: [],
    basis: [],
    next: ['petition'],
  },
  police_case: {
    label: { zh: '治安案件办理', en: 'Case of public order' },
    authority: police,
    limits: [
      handle(30, 'day', '自立案起', 'from filing'),
      handle(30, 'day', '案情重大、复杂可以延长', 'more where it is grave or complex'),
    ],
    basis: [law('治安管理处罚法')],
    next: ['reconsideration', 'administrative_litigation'],
  },
  litigation: {
    label: { zh: '民事诉讼一审', en: 'Civil action' },
    authority: court,
    limits: [
      handle(6, 'month', '普通程序，自立案起审结', 'ordinary procedure, from filing'),
      handle(3, 'month', '简易程序', 'summary procedure'),
    ],
    basis: [law('民事诉讼法', '第一百五十二条'), law('民事诉讼法', '第一百六十四条')],
    next: ['appeal'],
  },
  appeal: {
    label: { zh: '民事诉讼二审', en: 'Appeal' },
    authority: { zh: '上一级人民法院', en: 'Next higher court' },
    limits: [
      apply(15, 'day', '自判决书送达起上诉', 'to appeal, from service of the judgment'),
      handle(3, 'month', '自二审立案起审结', 'from filing'),
    ],
    basis: [law('民事诉讼法', '第一百七十一条'), law('民事诉讼法', '第一百八十三条')],
    next: [],
  },
  reconsideration: {
    label: { zh: '行政复议', en: 'Administrative reconsideration' },
    authority: { zh: '行政复议机关', en: 'Reconsideration authority' },
    limits: [
      apply(60, 'day', '自知道行政行为起申请', 'to apply, from knowing of the act'),
      handle(60, 'day', '普通程序，自受理起', 'ordinary procedure, from acceptance'),
      handle(30, 'day', '情况复杂可以延长', 'more where it is complex'),
    ],
    basis: [law('行政复议法', '第二十条'), law('行政复议法', '第六十二条')],
    next: ['administrative_litigation'],
  },
  administrative_litigation: {
    label: { zh: '行政诉讼', en: 'Action against an authority' },
    authority: court,
    limits: [
      apply(15, 'day', '不服复议决定，自收到决定书起起诉', 'to sue after a reconsideration, from its receipt'),
      apply(6, 'month', '直接起诉，自知道行政行为起', 'to sue at once, from knowing of the act'),
      handle(6, 'month', '自立案起作出一审判决', 'first judgment, from filing'),
    ],
    basis: [law('行政诉讼法', '第四十五条'), law('行政诉讼法', '第四十六条'), law('行政诉讼法', '第八十一条')],
    next: [],
  },
  petition: {
    label: { zh: '信访', en: 'Petition' },
    authority: { zh: '有权处理的机关、单位', en: 'The body with the power to decide' },
    limits: [
      handle(15, 'day', '自收到起告知是否受理', 'to say whether it is accepted, from receipt'),
      handle(60, 'day', '自受理起办结', 'from acceptance'),
      handle(30, 'day', '情况复杂可以延长', 'more where it is complex'),
    ],
    basis: [law('信访工作条例', '第三十四条')],
    next: ['petition_review'],
  },
  petition_review: {
    label: { zh: '信访复查', en: 'Review of a petition' },
    authority: { zh: '原办理机关、单位的上一级', en: 'The next higher body' },
    limits: [
      apply(30, 'day', '自收到处理意见起请求', 'to ask, from receipt of the answer'),
      handle(30, 'day', '自收到请求起', 'from receipt'),
    ],
    basis: [law('信访工作条例', '第三十五条')],
    next: ['petition_recheck'],
  },
  petition_recheck: {
    label: { zh: '信访复核', en: 'Final review of a petition' },
    authority: { zh: '复查机关、单位的上一级', en: 'The body above the reviewing one' },
    limits: [
      apply(30, 'day', '自收到复查意见起请求', 'to ask, from receipt of the review'),
      handle(30, 'day', '自收到请求起', 'from receipt'),
    ],
    basis: [law('信访工作条例', '第三十六条')],
    next: [],
  },
}

const civil = ['people_mediation', 'judicial_confirmation', 'litigation', 'appeal'] as const
const mediated = [
  'people_mediation',
  'administrative_mediation',
  'judicial_confirmation',
  'litigation',
  'appeal',
] as const
const byContract = [
  'people_mediation',
  'judicial_confirmation',
  'commercial_arbitration',
  'litigation',
  'appeal',
] as const
const againstAuthority = ['reconsideration', 'administrative_litigation'] as const
const petitions = ['petition', 'petition_review', 'petition_recheck'] as const
const byAuthority = ['official_handling', ...petitions] as const

/** The procedures that are open to each type, in the order in which they are usually taken. */
export const routes: Readonly<Record<IncidentType, readonly StationName[]>> = {
  D01: civil,
  D02: [
    'people_mediation',
    'police_mediation',
    'police_case',
    'judicial_confirmation',
    'litigation',
    'appeal',
    ...againstAuthority,
  ],
  D03: mediated,
  D04: byContract,
  D05: byContract,
  D06: civil,
  D07: [
    'people_mediation',
    'judicial_confirmation',
    'land_arbitration',
    'land_decision',
    ...againstAuthority,
    'litigation',
    'appeal',
  ],
  D08: [
    'people_mediation',
    'judicial_confirmation',
    'expropriation_decision',
    ...againstAuthority,
    'litigation',
    'appeal',
  ],
  D09: mediated,
  D10: ['people_mediation', 'judicial_confirmation', 'labour_arbitration', 'litigation', 'appeal'],
  D11: ['people_mediation', 'consumer_complaint', 'judicial_confirmation', 'litigation', 'appeal'],
  D12: ['medical_mediation', 'administrative_mediation', 'judicial_confirmation', 'litigation', 'appeal'],
  D13: ['people_mediation', 'traffic_mediation', 'judicial_confirmation', 'litigation', 'appeal'],
  D14: mediated,
  D15: ['people_mediation', 'consumer_complaint', 'judicial_confirmation', 'litigation', 'appeal'],
  D99: mediated,
  E02: byAuthority,
  E03: byAuthority,
  E04: byAuthority,
  E05: byAuthority,
  E06: ['police_mediation', 'police_case', ...againstAuthority, 'litigation', 'appeal'],
  E07: ['official_handling', ...againstAuthority, ...petitions],
  E08: byAuthority,
  E09: byAuthority,
  E10: byAuthority,
  E11: petitions,
  E99: byAuthority,
}
