import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  facetNames,
  facetOf,
  formatFacetCodes,
  hasUnknownFacetCodes,
  nameFacetCodes,
  parseFacetCodes,
} from './incident-facets.ts'
import {
  countedStatuses,
  incidentStatuses,
  isOverdue,
  openStatuses,
  uncountedStatuses,
  unknownStatus,
} from './incident-status.ts'

test.each(facetNames)('the codes of %s are labelled, unique, and survive being written', (name) => {
  const { codes, labels, capacity, groups, aliases } = facetOf(name)
  expect(new Set(codes).size).toBe(codes.length)
  expect(Object.keys(labels).toSorted()).toEqual(codes.toSorted())
  expect(codes.length).toBeLessThanOrEqual(capacity)
  expect(Math.log2(capacity) % 1).toBe(0)
  expect((groups ?? [{ codes }]).flatMap((group) => [...group.codes]).toSorted()).toEqual(codes.toSorted())
  for (const { key } of aliases) expect(codes).not.toContain(key)
  fc.assert(
    fc.property(fc.subarray([...codes], { minLength: 1 }), (chosen) => {
      const text = formatFacetCodes(name, chosen)
      expect(parseFacetCodes(name, text)).toEqual(chosen)
      expect(hasUnknownFacetCodes(name, text)).toBe(false)
      expect(
        nameFacetCodes(name, chosen)
          .flatMap((named) => named.codes)
          .toSorted(),
      ).toEqual(chosen.toSorted())
    }),
  )
})

test('all disputes together are one code and one name', () => {
  expect(formatFacetCodes('type', parseFacetCodes('type', 'E03,E01')!)).toBe('E01,E03')
  expect(nameFacetCodes('type', parseFacetCodes('type', 'E01')!).map(({ label }) => label.zh)).toEqual(['矛盾纠纷'])
  expect(parseFacetCodes('type', 'X9')).toBeNull()
  expect(hasUnknownFacetCodes('type', 'D01,X9')).toBe(true)
})

test('what was reported and what was discovered are one code and one name each, and all channels together', () => {
  const [reported, discovered] = [parseFacetCodes('channel', 'reported')!, parseFacetCodes('channel', 'discovered')!]
  expect(reported).toContain('hotline_12345')
  expect(reported).toContain('superior')
  expect(reported).not.toContain('patrol')
  expect(discovered).toEqual(['grid_app', 'iot', 'patrol', 'visit'])
  expect([...reported, ...discovered].toSorted()).toEqual(facetOf('channel').codes.toSorted())
  expect(formatFacetCodes('channel', [...reported, 'patrol'])).toBe('reported,patrol')
  expect(nameFacetCodes('channel', reported).map(({ label }) => label.zh)).toEqual(['群众反映'])
})

test('drafts and void incidents are never counted, and what is finished is neither open nor overdue', () => {
  expect(uncountedStatuses).toEqual(['00', '90'])
  expect(countedStatuses).toEqual(incidentStatuses.filter((status) => status !== '00' && status !== '90'))
  expect(isOverdue(unknownStatus, 1, 2)).toBe(false)
  expect(openStatuses).toEqual(['10', '20', '30', '40', '45', '50', '52', '55', '58', '60'])
  expect(isOverdue('50', 1, 2)).toBe(true)
  expect(isOverdue('50', 2, 2)).toBe(false)
  expect(isOverdue('50', null, 2)).toBe(false)
  expect([isOverdue('00', 1, 2), isOverdue('80', 1, 2)]).toEqual([false, false])
})
