import { disputeTypes } from '@minqing/data/domain/incident-type'
import { createTranslator } from 'use-intl/core'
import { expect, it } from 'vitest'
import { messages } from '../../../app/messages/zh.ts'
import { filterWords, periodWords } from './filter-words.ts'

const t = createTranslator({ locale: 'zh', messages, namespace: 'exporting' })

it('says the period with its last day included', () => {
  const filter = { from: '2026-05-20T16:00:00Z', to: '2026-11-20T16:00:00Z' }
  expect(periodWords(filter, t)).toBe('2026-05-21 至 2026-11-20')
  expect(periodWords({ from: filter.from }, t)).toBe('2026-05-21 起')
  expect(periodWords({ to: filter.to }, t)).toBe('截至 2026-11-20')
  expect(periodWords({}, t)).toBe('全部时间')
})

it('names every restriction and nothing that does not restrict', () => {
  expect(filterWords({ types: ['D14', 'D02'], statuses: [], risks: ['red'] }, 'zh', t)).toBe(
    '时间：全部时间　类型：物业、邻里　风险：重大',
  )
})

it('calls all kinds of dispute by their one name, and ends a long list', () => {
  expect(filterWords({ types: [...disputeTypes, 'E02'] }, 'zh', t)).toContain('类型：矛盾纠纷、安全隐患')
  expect(filterWords({ types: disputeTypes.slice(0, 12) }, 'zh', t)).toMatch(/类型：(\S+、){7}\S+等12项/)
})
