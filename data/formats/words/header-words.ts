import { columnKeys } from '../columns/columns.ts'
import { areaFields, buildingFields, facilityFields, incidentFields } from '../field-names.ts'

/** Headings of ledgers that hold nothing for us, but say that a row is a heading. */
const others = [
  '序号',
  '姓名',
  '性别',
  '年龄',
  '身份证号',
  '联系人',
  '联系方式',
  '诉求人',
  '当事人',
  '经办人',
  '责任人',
  '责任单位',
  '承办单位',
  '办理单位',
  '处理结果',
  '办理结果',
  '处理意见',
  '是否办结',
  '满意度',
  '社区',
  '所属社区',
  '所属区域',
  '街道',
  '备注',
  '度',
  '分',
  '秒',
  'no',
  'remarks',
]

const words = new Set(
  [incidentFields, areaFields, buildingFields, facilityFields]
    .flatMap((fields) => Object.entries(fields).flatMap(([field, names]) => [field, ...names]))
    .concat(others)
    .flatMap((name) => columnKeys(name)),
)

/** Whether ledgers are known to call a column so. */
export function isHeading(text: string): boolean {
  return text.length <= 60 && columnKeys(text).some((key) => words.has(key))
}

/** A column that only counts the rows. */
export function isSequence(name: string): boolean {
  return columnKeys(name).some((key) => ['序号', '行号', '序', 'no', 'seq'].includes(key))
}

/** A column of dates or times, so that a bare number in it is a spreadsheet's day count. */
export function isTimeColumn(name: string): boolean {
  return /时间|日期|时限|期限|年月日|date|time|deadline|_at$/i.test(name)
}
