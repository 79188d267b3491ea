import { incidentTypes } from '@minqing/data/domain/incident-type'
import { expect, test } from 'vitest'
import { toggled } from './facet-choices.ts'

test('a group goes in as a whole, and out again, and leaves the others alone', () => {
  const disputes = incidentTypes.filter((type) => type.startsWith('D'))
  expect(toggled('type', ['E03'], disputes)).toEqual([...disputes, 'E03'])
  expect(toggled('type', [...disputes, 'E03'], disputes)).toEqual(['E03'])
  expect(toggled('type', ['D02', 'E03'], disputes)).toEqual([...disputes, 'E03'])
  expect(toggled('risk', ['blue'], ['red'])).toEqual(['red', 'blue'])
})
