import { describe, expect, it } from 'vitest'
import { ColumnMap } from './columns.ts'
import { areaFields, incidentFields } from './field-names.ts'

describe('names that a dBase table has cut', () => {
  const fieldsOf = (fields: typeof areaFields | typeof incidentFields, columns: string[]) => {
    const map = new ColumnMap(fields, new Map())
    map.learn(columns)
    return Object.fromEntries(map.described().map(({ field, columns }) => [field, columns]))
  }

  it('are known by their beginning: three characters in UTF-8, five in GBK, ten letters', () => {
    expect(fieldsOf(areaFields, ['网格编', '网格名', '家庭户', 'grid_leade'])).toEqual({
      code: ['网格编'],
      name: ['网格名'],
      households: ['家庭户'],
      leader: ['grid_leade'],
    })
    expect(fieldsOf(incidentFields, ['所属网格编', '潜在内涝点'])).toEqual({
      gridCode: ['所属网格编'],
      title: ['潜在内涝点'],
    })
  })

  it('are left to the person where two fields begin like that, and never win over a whole name', () => {
    expect(fieldsOf(incidentFields, ['网格编', '事件'])).toEqual({ gridCode: ['网格编'] })
    expect(fieldsOf(areaFields, ['网格名', '网格名称'])).toEqual({ name: ['网格名称', '网格名'] })
    expect(fieldsOf(areaFields, ['community_'])).not.toHaveProperty('name')
  })
})
