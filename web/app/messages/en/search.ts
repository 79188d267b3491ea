import type { Shape } from '../shape.ts'
import type { search as zh } from '../zh/search.ts'

export const search: Shape<typeof zh> = {
  label: 'Search places, grid codes or case numbers',
  placeholder: 'Search places, grids, cases',
  shortcut: 'Press / to search',
  kind: '{kind, select, area {Area} building {Building} facility {Facility} incident {Case} road {Road} other {Place}}',
  searching: 'Searching…',
  noneTitle: 'Nothing found for “{words}”',
  noneText: 'Try the name of a community or building, a 15-digit grid code or a case number.',
  failed: 'The search did not finish. Try again.',
  results: '{count, plural, one {# result} other {# results}}',
  clear: 'Clear the search',
}
