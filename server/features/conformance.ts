import { mediaTypes, type Link } from './links.ts'

const features = (part: number, names: string[]) =>
  names.map((name) => `http://www.opengis.net/spec/ogcapi-features-${part}/1.0/conf/${name}`)

/** The conformance classes that clients may rely on. */
const conformsTo = [
  ...features(1, ['core', 'geojson', 'html', 'oas30']),
  ...features(2, ['crs']),
  ...features(3, ['queryables', 'filter', 'features-filter']),
  ...[
    'cql2-text',
    'basic-cql2',
    'advanced-comparison-operators',
    'case-insensitive-comparison',
    'basic-spatial-functions',
    'basic-spatial-functions-plus',
    'temporal-functions',
    'property-property',
  ].map((name) => `http://www.opengis.net/spec/cql2/1.0/conf/${name}`),
  ...['core', 'tileset', 'tilesets-list', 'dataset-tilesets', 'geodata-tilesets', 'mvt', 'oas30'].map(
    (name) => `http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${name}`,
  ),
]

/** The conformance declaration of OGC 17-069r4 §7.4. */
export function conformance(origin: string): { links: Link[]; conformsTo: string[] } {
  const self = `${origin}/api/conformance`
  const links: Link[] = [
    { href: self, rel: 'self', type: mediaTypes.json },
    { href: `${self}?f=html`, rel: 'alternate', type: mediaTypes.html },
  ]
  return { links, conformsTo }
}
