import { AreaPrefix } from '@minqing/data/domain/area-code'
import { parameter, type Remedies } from '../http/parameters.ts'

/** Selects what lies in the areas whose codes begin with it. */
export const AreaParameter = parameter(AreaPrefix, '990101001')

export const areaRemedies = {
  area: {
    zh: '请给出区划代码的前 2 至 15 位数字，例如 990101001',
    en: 'Give the first 2 to 15 digits of an area code, e.g. 990101001',
  },
} satisfies Remedies
