import { disputeTypes } from '@minqing/data/domain/incident-type'
import { expect, it } from 'vitest'
import { translatorFor } from '../../../i18n/messages.ts'
import { daysOf, filterText, periodText } from './export-text.ts'
import { fileNameOf } from './file-name.ts'
import { messages } from './messages.ts'

const t = translatorFor(messages, 'zh')

it('names the period with its last day included', () => {
  const filter = { from: '2026-05-20T16:00:00Z', to: '2026-11-20T16:00:00Z' }
  expect(periodText(filter, t)).toBe('2026-05-21 至 2026-11-20')
  expect(periodText({ from: filter.from }, t)).toBe('2026-05-21 起')
  expect(periodText({ to: filter.to }, t)).toBe('截至 2026-11-20')
  expect(periodText({}, t)).toBe('全部时间')
})

it('names every restriction, and no empty list', () => {
  expect(filterText({ type: ['D14', 'D02'], status: [], risk: ['red'] }, 'zh', t)).toBe(
    '时间：全部时间　类型：物业、邻里　风险：重大',
  )
})

it('names all dispute types by their category, and shortens a long list', () => {
  expect(filterText({ type: [...disputeTypes, 'E02'] }, 'zh', t)).toContain('类型：矛盾纠纷、安全隐患')
  expect(filterText({ type: disputeTypes.slice(0, 12) }, 'zh', t)).toMatch(/类型：(\S+、){7}\S+等12项/)
})

it('returns the days of a period in local time, the last one included', () => {
  expect(daysOf({ from: '2026-05-20T16:00:00Z', to: '2026-11-20T16:00:00Z' })).toEqual({
    first: '2026-05-21',
    last: '2026-11-20',
  })
  expect(daysOf({})).toEqual({ first: null, last: null })
})

it('makes a file name of what, where and when, without characters that file systems refuse', () => {
  expect(fileNameOf({ what: '事件', where: '江滩街道', period: '2026-05-21 至 2026-11-20', extension: 'csv' })).toBe(
    '事件_江滩街道_2026-05-21至2026-11-20.csv',
  )
  expect(fileNameOf({ what: 'cases', where: 'A/B: "C"', period: '', extension: 'geojson' })).toBe(
    'cases_A-B-C-.geojson',
  )
})
