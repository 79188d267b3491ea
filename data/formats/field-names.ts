import type { FieldName } from '../domain/field-name.ts'
import { mapPlainFields } from '../domain/incident-fields.ts'
import { outline, place, where } from './words/place-names.ts'

/** A collection's fields with what their columns may be called. */
export type FieldNames = Readonly<Partial<Record<FieldName, readonly string[]>>>

/** Names one after the other, with spaces between them. */
const named = (names: string) => names.split(/\s+/).filter((name) => name !== '')

/** Every beginning with every end, the first end first. */
function joined(beginnings: readonly string[], ends: readonly string[]): string[] {
  return ends.flatMap((end) => beginnings.map((beginning) => beginning + end))
}

/** When something was done, what is done first coming first. */
function dated(beginnings: readonly string[]): string[] {
  return beginnings.flatMap((beginning) => [`${beginning}时间`, `${beginning}日期`])
}

/** What ledgers call what they list, before the name of a column: `纠纷类别`, `诉求内容`. */
const matters = named('事件 矛盾 纠纷 矛盾纠纷 案件 事项 诉求 问题 工单 信访 信访件 投诉 警情 线索 隐患 风险隐患')

/** What the story of a case is called. */
const accounts = named('情况说明 简要情况 主要内容 简要内容 具体内容')

/** How a case comes in, before `渠道` and `来源`. */
const arrivals = named('上报 来源 受理 反映 信息 来电 来访 登记 报警 发现')

/** What a file exported here says of how its positions are known. */
const positionSource = {
  positionSource: ['定位方式', 'position_source'],
  positionCertainty: ['定位可信度', 'position_certainty'],
} as const satisfies FieldNames

/** What is done with a case, before `时间` and `日期`; when it was written down says least of when it came in. */
const happening = named('发生 事发 案发 发案 事件 纠纷发生 事件发生')
/** When something happened, before which of the two times between which it did. */
const intervals = dated(happening)
const reporting = named(
  `上报 受理 登记 来电 诉求 反映 报警 提交 接报 报案 来访 来信 接待 接访 接警 受案 立案 排查 发现 投诉 信访 申请 报送
   填报 建单 创建 录入`,
)
const closing = named('办结 结案 完成 关闭 化解 完结 办毕 调结 了结 化解完成 调解成功 整改完成 销号 调解 调处 整改')
const handling = named('办结 化解 处理 办理 处置 调处 调解 整改')
const ending = named(
  '办结 已办结 化解 已化解 完成 结案 已结案 调解成功 化解成功 成功 解决 已解决 整改 已整改 完成整改 整改完成 达成协议 销号',
)

/** Classes from fine to coarse: of several that are understood, the finest says most. */
const fineClasses = named('四级分类 三级分类 四级类别 三级类别 细类 小类')
const middleClasses = named('二级分类 二级类别 中类')
const coarseClasses = named('大类 一级分类 一级类别')

/**
 * What the columns of real files are called: headers of 12345 and 综治 ledgers, GIS exports, OpenStreetMap and open data.
 * Best first: where a file has several, the first that is not empty in a row is taken. Each field also answers to its
 * own name, so that what was exported here can be imported again.
 */
export const incidentFields = {
  number: [
    ...named('事件编号 工单编号 工单号 案件编号 案件号 受理编号 登记编号 编号 流水号'),
    ...joined(matters, ['编号', '号', '流水号']),
    ...named('event_no order_no case_no case_number incident_number incident_id event_id uid id objectid'),
  ],
  title: [
    '标题',
    ...joined(matters, ['标题', '主题', '名称']),
    ...named('主题 名称 潜在内涝点名称 subject summary name'),
  ],
  text: [
    '内容',
    ...joined(matters, named('内容 描述 详情 概况 概述 概要 经过 情况 简介 简述 摘要')),
    ...named('描述 详情 案情 简要案情 反映问题'),
    ...joined(arrivals, ['内容']),
    ...accounts,
    ...joined(matters, [...accounts, '基本情况', '主要情况', '具体情况']),
    ...named('信访事项 诉求事项'),
    ...named('选择理由 备注 description content details narrative remark'),
  ],
  ...where,
  ...place,
  type: [
    ...fineClasses,
    ...joined(matters, fineClasses),
    ...middleClasses,
    ...joined(matters, middleClasses),
    '类型',
    ...joined(matters, named('类型 类别 分类 种类')),
    ...named('类别 分类'),
    ...joined(matters, coarseClasses),
    ...coarseClasses,
    ...named('event_type incident_type offense_type crime_type call_type category subtype kind'),
  ],
  /** What a file exported here says of the source's own word for the type. */
  sourceType: ['原类型', 'source_type'],
  ...positionSource,
  channel: [
    '渠道',
    '来源',
    ...joined([...matters, ...arrivals], ['渠道', '来源', '途径']),
    ...named('信访形式 信访方式 反映方式 受理方式 source_channel origin'),
  ],
  urgency: ['紧急程度', '紧急度', '缓急', '是否紧急', '优先级', 'priority'],
  risk: named(
    `风险等级 风险 风险级别 预警等级 评估风险等级 风险评估等级 风险评估结果 风险评估级别 风险评估 隐患等级 隐患级别 等级
     risk_level severity`,
  ),
  status: [
    ...named('状态 当前状态 办件状态'),
    ...joined(named('事件 案件 纠纷 工单 办理 处理 处置 化解 调解 办结'), ['状态']),
    ...joined(named('隐患 整改 信访 诉求 受理'), ['状态']),
    ...joined(named('是否 调解是否 化解是否'), ending),
    // The outcome in words, where no column says it in one.
    ...joined(named('办理 处理 处置 办结 化解 调解 调处 整改 落实'), ['结果', '情况']),
    'state',
  ],
  ...mapPlainFields(({ fileNames }) => fileNames),
  happenedAt: [
    ...dated(happening),
    ...joined(intervals, ['上限', '起', '从', '自']),
    ...joined(happening, named('开始时间 起始时间 开始日期 起始日期')),
    ...named(
      '开始时间 起始时间 开始日期 起始日期 start_time start_date start begin_time begin_date time_from date_from from',
    ),
    '时间',
    ...named('happened occurred_at occurred event_time datetime date_time timestamp time_stamp date time 日期'),
  ],
  /** The end, where a file knows between which times it happened. */
  happenedUntil: [
    ...joined(intervals, ['下限', '止', '至', '到']),
    ...joined(happening, named('结束时间 终止时间 结束日期 终止日期')),
    ...named('结束时间 终止时间 结束日期 终止日期 end_time end_date end time_to date_to until to'),
    'happened until',
  ],
  reportedAt: [...dated(reporting), ...named('reported report_time created_at create_time created')],
  dueAt: [
    '截止时间',
    ...joined(handling, ['时限', '期限']),
    ...named('到期时间 截止日期 到期日期'),
    ...joined(handling, ['截止时间', '截止日期']),
    ...named('deadline due'),
  ],
  closedAt: [...dated(closing), ...named('closed resolved_at finish_time')],
  buildingCode: ['楼栋编码', '建筑编码', '楼栋代码', 'building_code'],
} as const satisfies FieldNames

const people = {
  households: ['户数', '总户数', '住户数', '家庭户数', '常住户数', 'household_count'],
  residents: named('人口 人口数 总人口 常住人口 实有人口 居住人数 常住人数 实有人数 人数 population pop'),
} as const satisfies FieldNames

export const areaFields = {
  code: [
    '编码',
    '代码',
    '区划代码',
    '网格编码',
    '网格编号',
    '网格代码',
    '社区编码',
    '社区代码',
    '街道编码',
    '街道代码',
    'grid_code',
    'area_code',
    'gridno',
  ],
  level: ['级别', '层级', '类型', 'area_level'],
  name: [
    '名称',
    '网格名称',
    '社区名称',
    '街道名称',
    'grid_name',
    'community_name',
    'street_name',
    'name:zh',
    'precinct',
    'district',
    'label',
    'title',
    'name:en',
  ],
  parentCode: ['上级编码', '上级代码', '父级编码', '所属编码', '所属社区编码', 'parent', 'parent_code'],
  // Codes only: an area's own name may stand under 社区.
  streetCode: ['街道编码', '街道代码', '乡镇编码', 'street_code', 'sub_district_code', 'town_code'],
  communityCode: ['社区编码', '社区代码', '村居编码', 'community_code', 'village_code'],
  /** The community that a grid lies in, by its name; of a community its own. */
  communityName: named('社区名称 社区 所属社区 所属社区名称 村居 村居名称 村 所属村 community_name community village'),
  gridType: ['网格类型', 'grid_type'],
  ...people,
  leader: ['网格长', '负责人', '社区书记', '书记', '主任', '网格长姓名', 'grid_leader', 'manager'],
  leaderPhone: ['网格长电话', '负责人电话', '书记电话', '网格长联系方式', 'leader_tel'],
  worker: ['网格员', '专职网格员', '网格员姓名', '包片民警', 'grid_worker'],
  workerPhone: ['网格员电话', '网格员联系方式', '网格员手机', '联系电话', 'worker_tel', 'phone', '电话'],
  stdCode: ['标准编码', '国标编码', 'std_code'],
  sourceId: ['id', 'fid', 'objectid', 'gid', 'osm_id', 'geoid'],
  geometry: outline,
} as const satisfies FieldNames

export const buildingFields = {
  code: ['楼栋编码', '建筑编码', '楼栋代码', '建筑代码', 'building_code'],
  name: [
    '名称',
    '楼栋名称',
    '建筑名称',
    '楼名',
    '楼栋号',
    '楼栋',
    '楼幢',
    '楼号',
    '幢号',
    '栋号',
    'building_name',
    'name:zh',
    'int_name',
    'name:en',
  ],
  address: where.address,
  addressStreet: ['addr_street', 'addr:street', '街路巷', '道路名称', '路名'],
  addressNumber: ['addr_housenumber', 'addr:housenumber', '门牌号', '门牌', '门楼牌号'],
  estate: ['小区', '小区名称', '所属小区', '院落', 'estate_name', 'residential_area'],
  floors: [
    '层数',
    '楼层数',
    '地上层数',
    '总层数',
    '总楼层',
    '总楼层数',
    '建筑层数',
    '楼层',
    'building:levels',
    'levels',
    'floor',
    'storeys',
    'num_floors',
  ],
  height: ['高度', '建筑高度', '楼高', 'building:height', 'building_height', 'height_m'],
  units: ['单元数', '单元', 'unit_count'],
  builtYear: [
    '建成年代',
    '建成年份',
    '建造年份',
    '建设年代',
    '竣工年份',
    'built_year',
    'year_built',
    'start_date',
    'yearbuilt',
  ],
  structure: ['结构', '建筑结构', '房屋结构', '结构类型', 'building:structure'],
  use: [
    '用途',
    '建筑用途',
    '房屋用途',
    '使用性质',
    '功能',
    'kind_detail',
    'building_use',
    'building',
    'landuse_kind',
    'usage',
  ],
  ...people,
  streetCode: where.streetCode,
  communityCode: where.communityCode,
  gridCode: where.gridCode,
  stdAddressCode: ['标准地址编码', '地址编码', 'std_address_code'],
  sourceId: ['id', 'osm_id', 'fid', 'objectid', 'gid', '编号', '楼栋编号', '建筑编号', '房屋编号'],
  /** Marks the parts of buildings that OpenStreetMap layers also hold. */
  kind: ['feature_kind'],
  ...place,
  ...positionSource,
  geometry: outline,
} as const satisfies FieldNames

export const facilityFields = {
  id: [
    '编号',
    '设备编号',
    '设施编号',
    '设备号',
    '点位编号',
    'facility_id',
    'device_id',
    'sn',
    'osm_id',
    'fid',
    'objectid',
  ],
  kind: ['类型', '设施类型', '设备类型', '类别', '种类', 'facility_type', 'amenity', 'type', 'category'],
  name: ['名称', '设施名称', '设备名称', '站点名称', 'name:zh', 'title', 'name:en'],
  address: where.address,
  phone: ['电话', '联系电话', '联系方式', '值班电话', 'tel', 'telephone'],
  status: ['状态', '设备状态', '在线状态', 'state'],
  streetCode: where.streetCode,
  communityCode: where.communityCode,
  gridCode: where.gridCode,
  buildingCode: incidentFields.buildingCode,
  ...positionSource,
  ...place,
} as const satisfies FieldNames
