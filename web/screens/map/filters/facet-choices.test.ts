import { channelsOf } from '@minqing/data/domain/channel'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { expect, test } from 'vitest'
import { noFacetCodes } from '@minqing/data/domain/incident-facets'
import type { View } from '../../../view/use-view.ts'
import { facetChoices, toggled } from './facet-choices.ts'

test('a group goes in as a whole, and out again, and leaves the others alone', () => {
  const disputes = incidentTypes.filter((type) => type.startsWith('D'))
  expect(toggled('type', ['E03'], disputes)).toEqual([...disputes, 'E03'])
  expect(toggled('type', [...disputes, 'E03'], disputes)).toEqual(['E03'])
  expect(toggled('type', ['D02', 'E03'], disputes)).toEqual([...disputes, 'E03'])
  expect(toggled('risk', ['blue'], ['red'])).toEqual(['red', 'blue'])
})

test('a group is chosen as a whole, also those of its codes that no incident has', () => {
  const view = { ...noFacetCodes(), channel: ['walk_in', 'patrol'] } as unknown as View
  const groups = facetChoices('channel', view, undefined, 'zh')
  expect(groups.map(({ label }) => label)).toEqual(['群众反映', '主动发现'])
  expect(groups.map(({ choices }) => choices.map(({ code }) => code))).toEqual([['walk_in'], ['patrol']])
  expect(groups[0]?.codes).toEqual(channelsOf('reported'))
})
