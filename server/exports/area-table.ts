import type { CountedArea } from './area-rows.ts'
import type { CsvColumn } from './csv-text.ts'

/** Areas with their counts as a table; square metres are rounded to whole ones. */
export const areaTable: readonly CsvColumn<CountedArea>[] = [
  { label: { zh: '编码', en: 'code' }, value: ({ code }) => code },
  { label: { zh: '名称', en: 'name' }, value: ({ name }) => name },
  { label: { zh: '上级编码', en: 'parent code' }, value: ({ parentCode }) => parentCode },
  { label: { zh: '上级名称', en: 'parent name' }, value: ({ parentName }) => parentName },
  { label: { zh: '户数', en: 'households' }, value: ({ households }) => households },
  { label: { zh: '人口', en: 'residents' }, value: ({ residents }) => residents },
  { label: { zh: '面积（平方米）', en: 'area m2' }, value: ({ areaM2 }) => Math.round(areaM2) },
  { label: { zh: '事件数', en: 'incidents' }, value: ({ incidents }) => incidents },
  { label: { zh: '其中矛盾纠纷', en: 'of these disputes' }, value: ({ disputes }) => disputes },
  { label: { zh: '未办结', en: 'open' }, value: ({ open }) => open },
  { label: { zh: '超期', en: 'overdue' }, value: ({ overdue }) => overdue },
  {
    label: { zh: '每千户事件数', en: 'per 1,000 households' },
    value: ({ perThousandHouseholds }) => perThousandHouseholds,
  },
]
