import type { Label } from '@minqing/data/domain/label'

/** Fields by the names that officials know them by. */
const names: Record<string, [zh: string, en: string]> = {
  number: ['编号', 'Number'],
  title: ['标题', 'Title'],
  text: ['内容', 'Text'],
  address: ['地址', 'Address'],
  streetCode: ['街道编码', 'Street code'],
  communityCode: ['社区', 'Community'],
  gridCode: ['网格', 'Grid'],
  lon: ['经度或 X（东）', 'Longitude or easting'],
  lat: ['纬度或 Y（北）', 'Latitude or northing'],
  geometry: ['图形（WKT、GeoJSON）', 'Shape (WKT, GeoJSON)'],
  type: ['类型', 'Type'],
  sourceType: ['原类型', 'Type in the source'],
  channel: ['渠道', 'Channel'],
  urgency: ['紧急程度', 'Urgency'],
  risk: ['风险等级', 'Risk'],
  status: ['状态', 'Status'],
  involvedCount: ['涉及人数', 'People involved'],
  happenedAt: ['发生时间', 'Happened at'],
  reportedAt: ['上报时间', 'Reported at'],
  dueAt: ['截止时间', 'Due at'],
  closedAt: ['办结时间', 'Closed at'],
  buildingCode: ['楼栋编码', 'Building code'],
  code: ['编码', 'Code'],
  level: ['级别', 'Level'],
  name: ['名称', 'Name'],
  parentCode: ['上级编码', 'Code of the parent'],
  gridType: ['网格类型', 'Kind of grid'],
  households: ['户数', 'Households'],
  residents: ['人口', 'Residents'],
  leader: ['网格长', 'Leader'],
  leaderPhone: ['网格长电话', 'Phone of the leader'],
  worker: ['网格员', 'Grid worker'],
  workerPhone: ['网格员电话', 'Phone of the worker'],
  stdCode: ['标准编码', 'Standard code'],
  sourceId: ['来源编号', 'Id in the source'],
  kindDetail: ['细类', 'Kind in detail'],
  highway: ['道路等级', 'Class of road'],
  railway: ['轨道', 'Railway'],
  waterway: ['水道', 'Waterway'],
  natural: ['自然地物', 'Natural feature'],
  landuse: ['用地', 'Land use'],
  leisure: ['绿地与休闲', 'Green and leisure'],
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
  id: ['编号', 'Id'],
  phone: ['电话', 'Phone'],
}

export function fieldLabel(field: string): Label {
  const [zh, en] = names[field] ?? [field, field]
  return { zh, en }
}

/** Sentences that serve the command line too, with its options named as this screen names them. */
export function onScreen(text: string, language: 'zh' | 'en'): string {
  const named = / ?--([a-z-]+)(?: ((?:…|[\w:=.…]+)))?( (?=[\u4e00-\u9fff]))?/g
  return text.replaceAll(named, (whole, option: string, value: string | undefined, gap: string | undefined) => {
    const name = options[option]
    if (name === undefined) return whole
    // Chinese sets no spaces around its quotation marks.
    if (language === 'zh') return `“${name[0]}”${value === undefined ? '' : `选 ${value}${gap ?? ''}`}`
    return `${whole.startsWith(' ') ? ' ' : ''}“${name[1]}”${value === undefined ? '' : ` ${value}`}${gap ?? ''}`
  })
}

const options: Record<string, [zh: string, en: string]> = {
  crs: ['坐标系', 'Coordinate system'],
  street: ['所属街道', 'Street'],
  map: ['列与字段', 'Columns and fields'],
  set: ['列与字段', 'Columns and fields'],
  encoding: ['文字编码', 'Text encoding'],
  layer: ['工作表或图层', 'Sheet or layer'],
  sheet: ['工作表或图层', 'Sheet or layer'],
  'header-row': ['列名所在行', 'Row of the column names'],
  'skip-invalid': ['有问题的行先跳过', 'Leave rows with problems out'],
}
