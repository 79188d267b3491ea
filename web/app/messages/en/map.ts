import type { Shape } from '../shape.ts'
import type { map as zh } from '../zh/map.ts'

export const map: Shape<typeof zh> = {
  mapLabel:
    'Map. Arrow keys move it, plus and minus zoom. Communities and grids are also listed in the panel under “Areas below”.',
  mapUnsupported:
    'This browser cannot draw the 3D map (WebGL 2 is not available). Panels, filters and exports work all the same; use a newer browser or turn on hardware acceleration.',
  mapLost: 'The map picture was lost and is being restored…',
  mapLoading: 'Loading the map…',
  demo: 'Demo data',
  demoHint: 'This street, its people, buildings and cases are fictional.',
  import: 'Import',
  importHint: 'Import tables and map files',
  wall: 'Wall',
  wallHint: 'Open the command-room wall',
  ignored: 'The link has parameters that were not understood and are ignored: {names}',
  dismiss: 'Dismiss',
  stale: 'The server cannot be reached; trying again. What you see is the data of {time}.',
  asOf: 'Data as of {time}',
  loadFailed: '{what} could not be loaded',
  theStatus: 'Street data',
  theAreas: 'Area boundaries',
  theCases: 'Cases',
  theProfile: 'Area profile',
  noStreetsTitle: 'No street yet',
  noStreetsText:
    'The database is empty. Import the boundaries of streets, communities and grids first, then the cases; with “Import” at the top.',
  close: 'Close',
  back: 'Back',
  breadcrumb: 'Area',
  up: 'Up to {name}',
  pickStreet: 'Choose a street',
  skipToPanel: 'Skip to the panel',
  streets: 'Streets',
  panel: 'Area panel',
  sheet: 'Panel height',
  sheetStep: '{step, select, peek {Folded} half {Half} other {Full}}',
  overview: 'Overview',
  settings: 'Display settings',
  allStreets: 'All streets',
  streetCount: '{count, number} streets',
  aggregate:
    '{count} cases, too many to show one by one: the heat is made from the counts of the grids (cells of {metres} m). Open a street to see each case.',
  aggregating: 'Counting anew for this filter; until then the last result is shown …',
}
