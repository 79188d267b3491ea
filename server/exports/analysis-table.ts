import {
  type AnalysisRecord,
  analysisBasisLabels,
  analysisUnitLabels,
  countedOriginLabels,
  type UnitResult,
  voiceLabels,
} from '@minqing/data/domain/analysis'
import { emergingClassLabels } from '@minqing/data/domain/emerging-hot-spot'
import { exportDatumNotes, type ExportDatum } from '@minqing/data/domain/datum'
import { type Circulation, circulationLabels } from '@minqing/data/domain/export'
import type { Label, Language } from '@minqing/data/domain/label'
import { mapPositions } from '@minqing/data/formats/geometry/map-positions'
import { localTimeText } from '@minqing/data/formats/values/local-time-text'
import type { WrittenColumn, WrittenTable, WrittenValue } from '@minqing/data/formats/written-table'
import { fromLonLat } from '@minqing/data/geo/crs'
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'

/** A result as it is stored. */
export type ExportedAnalysis = FeatureCollection<Polygon | MultiPolygon, UnitResult> & { analysis: AnalysisRecord }

export type AnalysisExportRequest = {
  language: Language
  datum: ExportDatum
  circulation: Circulation
  now: Date
  /** Name of who exports. */
  by: string
}

export const analysisExportTitle: Label = { zh: '热点分析', en: 'analysis' }

type Column = Omit<WrittenColumn, 'source'> & {
  source?: Label
  value: (unit: UnitResult, language: Language) => WrittenValue
}

const registered = { zh: '区域或楼栋台账', en: 'register of areas or buildings' }
const counted = { zh: '按事件统计', en: 'counted from the cases' }
const computed = { zh: '分析计算', en: 'computed by the analysis' }

const classLabels: ReadonlyMap<number, Label> = new Map([
  [3, { zh: '热 99%', en: 'hot 99%' }],
  [2, { zh: '热 95%', en: 'hot 95%' }],
  [1, { zh: '热 90%', en: 'hot 90%' }],
  [0, { zh: '不显著', en: 'not significant' }],
  [-1, { zh: '冷 90%', en: 'cold 90%' }],
  [-2, { zh: '冷 95%', en: 'cold 95%' }],
  [-3, { zh: '冷 99%', en: 'cold 99%' }],
])

const untested: Label = { zh: '未检验', en: 'not tested' }

const number = (zh: string, en: string, meaning: Label, value: (unit: UnitResult) => number | null): Column => ({
  label: { zh, en },
  kind: 'decimal',
  meaning,
  value,
})

const columns: readonly Column[] = [
  {
    label: { zh: '编码', en: 'code' },
    kind: 'text',
    bytes: 40,
    meaning: {
      zh: '网格、社区、楼栋的编码，或方格、蜂窝、聚集区、密度等级的编号',
      en: 'code of the area or building, or key of the cell, cluster or class of density',
    },
    source: registered,
    value: ({ code }) => code,
  },
  {
    label: { zh: '名称', en: 'name' },
    kind: 'text',
    bytes: 120,
    meaning: { zh: '统计单元的名称', en: 'name of the unit' },
    source: registered,
    value: ({ name }) => name,
  },
  {
    label: { zh: '事件数', en: 'incidents' },
    kind: 'integer',
    meaning: { zh: '计入本单元的事件', en: 'cases that are counted in the unit' },
    unit: { zh: '件', en: 'cases' },
    source: counted,
    value: ({ incidents }) => incidents,
  },
  {
    label: { zh: '户数', en: 'households' },
    kind: 'integer',
    meaning: { zh: '登记的户数；未知或不公布为空', en: 'registered households; empty if unknown or withheld' },
    unit: { zh: '户', en: 'households' },
    source: registered,
    value: ({ households }) => households,
  },
  {
    label: { zh: '面积（公顷）', en: 'hectares' },
    kind: 'decimal',
    meaning: { zh: '椭球面上的面积', en: 'on the ellipsoid' },
    unit: { zh: '公顷', en: 'ha' },
    source: { zh: '由边界计算', en: 'computed from the outline' },
    value: ({ hectares }) => hectares,
  },
  number(
    '期望事件数',
    'expected',
    {
      zh: '若平均分布应有的事件数；两期对比时按前期推算',
      en: 'cases if they were spread evenly; of a comparison, as in the earlier period',
    },
    ({ expected }) => expected,
  ),
  number(
    '比较值',
    'value',
    {
      zh: '参与比较的值：件数、每千户件数、每公顷件数，或与前期之比',
      en: 'what is compared: cases, cases per 1,000 households, per hectare, or the ratio to the earlier period',
    },
    ({ value }) => value,
  ),
  number(
    'z',
    'z',
    { zh: '标准化统计量；空为无法判断', en: 'standardised statistic; empty where nothing can be said' },
    ({ z }) => z,
  ),
  number('p', 'p', { zh: '未校正的 p 值', en: 'p-value before correction' }, ({ p }) => p),
  number('q', 'q', { zh: '控制误报率（FDR）后的 p 值', en: 'p-value under control of false discovery' }, ({ q }) => q),
  {
    label: { zh: '显著性', en: 'significance' },
    kind: 'text',
    bytes: 30,
    meaning: { zh: '按 q 分级：99%、95%、90%', en: 'by q: 99%, 95%, 90%' },
    value: (unit, language) => (unit.tested === false ? untested : classLabels.get(unit.class))?.[language] ?? null,
  },
  {
    label: { zh: '分级', en: 'class' },
    kind: 'integer',
    meaning: {
      zh: '显著性的数字：3、2、1 为热，负数为冷，0 为不显著',
      en: 'significance as a number: 3, 2, 1 hot, negative cold, 0 not significant',
    },
    value: (unit) => unit.class,
  },
  {
    label: { zh: '热点编号', en: 'hot spot' },
    kind: 'integer',
    meaning: { zh: '所属热点的编号；空为不属于热点', en: 'number of the hot spot; empty outside of them' },
    value: ({ spot }) => spot,
  },
]

/** Columns of some methods only, with the member that has them. */
const extraColumns: readonly (readonly [keyof UnitResult, Column])[] = [
  [
    'quadrant',
    {
      label: { zh: '象限', en: 'quadrant' },
      kind: 'text',
      bytes: 20,
      meaning: { zh: '局部莫兰指数：本单元与相邻单元的高低', en: 'local Moran: the unit, then its neighbours' },
      value: ({ quadrant }) => quadrant ?? null,
    },
  ],
  [
    'logLikelihoodRatio',
    number(
      '对数似然比',
      'LLR',
      { zh: '所在圆形或聚集区的对数似然比', en: 'log likelihood ratio of its circle or cluster' },
      ({ logLikelihoodRatio }) => logLikelihoodRatio ?? null,
    ),
  ],
  [
    'earlier',
    {
      label: { zh: '前期事件数', en: 'earlier' },
      kind: 'integer',
      meaning: { zh: '前期的事件数', en: 'cases of the earlier period' },
      unit: { zh: '件', en: 'cases' },
      value: ({ earlier }) => earlier ?? null,
    },
  ],
  [
    'emerging',
    {
      label: { zh: '演变类型', en: 'development' },
      kind: 'text',
      bytes: 60,
      meaning: { zh: '按显著的时段和趋势分类', en: 'by the significant steps and their trend' },
      value: ({ emerging }, language) => (emerging === undefined ? null : emergingClassLabels[emerging][language]),
    },
  ],
  [
    'trend',
    number(
      '趋势 z',
      'trend z',
      { zh: 'Gi* 的 Mann–Kendall 趋势，正为上升', en: 'Mann–Kendall trend of Gi*, positive: rising' },
      ({ trend }) => trend ?? null,
    ),
  ],
  [
    'warning',
    number(
      '预警分数',
      'score',
      { zh: '该周连同前几周超出预计的程度', en: 'how far the week, with those before it, exceeds what was expected' },
      ({ warning }) => warning?.score ?? null,
    ),
  ],
  [
    'warning',
    number(
      '上限',
      'bound',
      { zh: '百分之九十九的情况不超过的件数', en: 'as many as come in 99 of 100 such weeks at most' },
      ({ warning }) => warning?.bound ?? null,
    ),
  ],
  [
    'warning',
    {
      label: { zh: '周', en: 'week' },
      kind: 'text',
      bytes: 10,
      meaning: { zh: '所判断的一周（周一的日期）', en: 'the week that is judged, by its Monday' },
      value: ({ warning }) => warning?.week ?? null,
    },
  ],
  [
    'voice',
    {
      label: { zh: '居民反映', en: 'voice' },
      kind: 'text',
      bytes: 20,
      meaning: {
        zh: '沉默、有声或说不准（见 docs/silent-areas.md）；比较值是估计反映出来的比例，0 至 1',
        en: 'silent, heard or not known; the value is the estimated share that is reported, from 0 to 1',
      },
      value: ({ voice }, language) => (voice === undefined ? null : voiceLabels[voice.voice][language]),
    },
  ],
  [
    'voice',
    number(
      '估计件数',
      'estimated',
      { zh: '估计实际有多少件事，含无人反映的', en: 'things there are by the estimate, reported or not' },
      ({ voice }) => voice?.estimated ?? null,
    ),
  ],
  [
    'voice',
    number(
      '沉默概率',
      'silence p',
      { zh: '反映强度不到中间水平一半的概率', en: 'probability of a rate below half of the middle one' },
      ({ voice }) => voice?.probability ?? null,
    ),
  ],
  [
    'ratioLower',
    number(
      '比值下限',
      'ratio low',
      { zh: '比值的 95% 区间下限', en: 'lower limit of the ratio at 95%' },
      ({ ratioLower }) => ratioLower ?? null,
    ),
  ],
  [
    'ratioUpper',
    number(
      '比值上限',
      'ratio high',
      { zh: '比值的 95% 区间上限', en: 'upper limit of the ratio at 95%' },
      ({ ratioUpper }) => ratioUpper ?? null,
    ),
  ],
]

/** Every unit of a result, as the map and the table of the screen have them, as a table in any format. */
export function analysisTable({ analysis, features }: ExportedAnalysis, request: AnalysisExportRequest): WrittenTable {
  const { language, datum } = request
  const first = features[0]?.properties
  const shown = [...columns, ...extraColumns.filter(([member]) => first?.[member] !== undefined).map(([, own]) => own)]
  const convert = fromLonLat(datum)
  const rows = features.map(({ geometry, properties }) => ({
    id: properties.code,
    geometry: datum === 'gcj02' ? mapPositions(geometry, convert) : geometry,
    properties,
    values: shown.map(({ value }) => value(properties, language)),
  }))
  const about = aboutOf(analysis, request)
  return {
    name: 'analysis',
    title: analysisExportTitle,
    language,
    datum,
    shape: 'area',
    columns: shown.map(({ value: _value, source = computed, ...column }) => ({ ...column, source })),
    style: { colour: '#b3261e', classesOf: shown.findIndex(({ label }) => label.en === 'value') },
    // eslint-disable-next-line typescript/require-await -- every row is there already
    rows: (async function* () {
      yield rows
    })(),
    about: (count) => Promise.resolve(about(count)),
    metadata: () => Promise.resolve({ ...analysis, datum, generatedAt: request.now.toISOString(), by: request.by }),
  }
}

/** What made a result, in words: names and values. */
function aboutOf(
  { id, question, chosen, data, version, incidents, withoutUnit }: AnalysisRecord,
  { language, datum, circulation, now, by }: AnalysisExportRequest,
) {
  const zh = language === 'zh'
  const { method, unit, basis, counted: origin, filter } = question
  const [from, to] = [filter.from, filter.to].map((time) => (time === undefined ? '…' : localTimeText(time)))
  const parameters = chosen.map(({ name, value }) => `${name} ${value ?? '—'}`).join(', ')
  return (rows: number): [name: string, value: string][] => [
    [zh ? '方法' : 'Method', method],
    [zh ? '参数' : 'Parameters', parameters],
    [zh ? '统计单元' : 'Units', analysisUnitLabels[unit][language]],
    [zh ? '行数' : 'Rows', String(rows)],
    [zh ? '区域' : 'Area', filter.area ?? (zh ? '全部' : 'all')],
    [zh ? '上报时间（北京时间，含起不含止）' : 'Reported (UTC+8, end excluded)', `${from} – ${to}`],
    [zh ? '类型' : 'Types', filter.type?.join(zh ? '、' : ', ') ?? (zh ? '全部' : 'all')],
    [zh ? '来源' : 'Origin', countedOriginLabels[origin][language]],
    [zh ? '计数' : 'Counts', analysisBasisLabels[basis][language]],
    [zh ? '计入的事件' : 'Cases counted', String(incidents)],
    [zh ? '未计入的事件' : 'Cases in no unit', String(withoutUnit)],
    [zh ? '坐标' : 'Coordinates', exportDatumNotes[datum][language]],
    [zh ? '使用范围' : 'Circulation', circulationLabels[circulation][language]],
    [
      zh ? '数据版本' : 'Data version',
      Object.entries(data)
        .map(([name, own]) => `${name} ${own}`)
        .join(', '),
    ],
    [zh ? '系统版本' : 'Product version', version],
    [zh ? '结果编号' : 'Result', id],
    [zh ? '导出时间' : 'Exported', localTimeText(now.toISOString())],
    [zh ? '导出人' : 'Exported by', by],
  ]
}
