import { plainFields, type PlainFieldName } from '@minqing/data/domain/incident-fields'
import type { Label, Language } from '@minqing/data/domain/label'
import { translatorFor } from '../../i18n/messages.ts'
import { messages } from './messages.ts'

/** Names of the fields on the screen. */
const names = new Map(
  Object.entries<[zh: string, en: string]>({
    number: ['编号', 'Number'],
    title: ['标题', 'Title'],
    text: ['内容', 'Text'],
    address: ['地址', 'Address'],
    streetCode: ['街道编码', 'Sub-district code'],
    communityCode: ['社区', 'Community'],
    gridCode: ['网格', 'Grid'],
    lon: ['经度或 X（东）', 'Longitude or easting'],
    lat: ['纬度或 Y（北）', 'Latitude or northing'],
    geometry: ['图形（WKT、GeoJSON）', 'Geometry (WKT, GeoJSON)'],
    type: ['类型', 'Type'],
    sourceType: ['原类型', 'Source type'],
    channel: ['渠道', 'Channel'],
    urgency: ['紧急程度', 'Urgency'],
    risk: ['风险等级', 'Risk'],
    status: ['状态', 'Status'],
    happenedAt: ['发生时间', 'Occurred at'],
    happenedUntil: ['发生时间止', 'Occurred until'],
    reportedAt: ['上报时间', 'Reported at'],
    dueAt: ['截止时间', 'Due at'],
    closedAt: ['办结时间', 'Closed at'],
    buildingCode: ['楼栋编码', 'Building code'],
    positionSource: ['定位方式', 'How positioned'],
    positionCertainty: ['定位可信度', 'Position certainty'],
    code: ['编码', 'Code'],
    level: ['级别', 'Level'],
    name: ['名称', 'Name'],
    parentCode: ['上级编码', 'Parent code'],
    communityName: ['社区名称', 'Community name'],
    gridType: ['网格类型', 'Grid kind'],
    households: ['户数', 'Households'],
    residents: ['人口', 'Residents'],
    leader: ['网格长', 'Leader'],
    leaderPhone: ['网格长电话', 'Leader phone'],
    worker: ['网格员', 'Grid worker'],
    workerPhone: ['网格员电话', 'Worker phone'],
    stdCode: ['标准编码', 'Standard code'],
    sourceId: ['来源编号', 'Source ID'],
    kindDetail: ['细类', 'Detailed kind'],
    highway: ['道路等级', 'Road class'],
    railway: ['轨道', 'Railway'],
    waterway: ['水道', 'Waterway'],
    natural: ['自然地物', 'Natural feature'],
    landuse: ['用地', 'Land use'],
    leisure: ['绿地与休闲', 'Leisure and green space'],
    amenity: ['公共设施', 'Amenity'],
    place: ['地名', 'Place'],
    tunnel: ['隧道', 'Tunnel'],
    houseNumber: ['门牌号', 'House number'],
    addressStreet: ['街路巷', 'Road'],
    addressNumber: ['门牌号', 'House number'],
    estate: ['小区', 'Estate'],
    floors: ['层数', 'Floors'],
    height: ['高度（米）', 'Height (m)'],
    units: ['单元数', 'Units'],
    builtYear: ['建成年份', 'Year built'],
    structure: ['结构', 'Structure'],
    use: ['用途', 'Use'],
    stdAddressCode: ['标准地址编码', 'Standard address code'],
    kind: ['种类', 'Kind'],
    id: ['编号', 'ID'],
    phone: ['电话', 'Phone'],
  }),
)

export function fieldLabel(field: string): Label {
  if (Object.hasOwn(plainFields, field)) return plainFields[field as PlainFieldName].label
  const [zh, en] = names.get(field) ?? [field, field]
  return { zh, en }
}

/** The controls of this screen that stand for options of the command line. */
const controls = {
  crs: 'crs',
  street: 'street',
  'new-street': 'newStreet',
  map: 'columns',
  set: 'community',
  ignore: 'columns',
  word: 'words',
  encoding: 'encoding',
  layer: 'layer',
  sheet: 'layer',
  'header-row': 'headerRow',
  'skip-invalid': 'skipInvalid',
} as const

const optionPattern = / ?--([a-z-]+)(?: ((?:…|[\w:=.…]+)))?( (?=[\u4e00-\u9fff]))?/g

/** Replaces options of the command line, which the server's reports name, by the controls of this screen. */
export function withControlNames(text: string, language: Language): string {
  const t = translatorFor(messages, language)
  return text.replaceAll(optionPattern, (match, option: string, value: string | undefined, gap: string | undefined) => {
    if (!isControl(option)) return match
    const name = t(controls[option])
    // The control is of one field.
    const chosen = option === 'set' ? value?.replace(/^\w+=/, '') : value
    // Chinese sets no spaces around its quotation marks.
    if (language === 'zh') return `“${name}”${chosen === undefined ? '' : `选 ${chosen}${gap ?? ''}`}`
    return `${match.startsWith(' ') ? ' ' : ''}“${name}”${chosen === undefined ? '' : ` ${chosen}`}${gap ?? ''}`
  })
}

function isControl(option: string): option is keyof typeof controls {
  return Object.hasOwn(controls, option)
}
