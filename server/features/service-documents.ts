import type { Language } from '@minqing/data/domain/label'
import { type Link, mediaTypes, relations } from './links.ts'

const words = {
  zh: {
    title: '民情地图',
    description:
      '街道综治中心的一张图：网格、建筑、设施与事件。接口遵循 OGC API – Features，QGIS、ArcGIS、GDAL 可直接连接。',
    api: '接口定义（OpenAPI 3.0）',
    conformance: '遵循的规范',
    data: '数据集合',
    tiles: '矢量瓦片',
    tilingSchemes: '瓦片编号方式',
  },
  en: {
    title: 'Minqing Map',
    description:
      'One map of a sub-district: grids, buildings, facilities and incidents. An OGC API – Features service that QGIS, ArcGIS and GDAL can open.',
    api: 'API definition (OpenAPI 3.0)',
    conformance: 'Conformance classes',
    data: 'Collections',
    tiles: 'Vector tiles',
    tilingSchemes: 'How tiles are numbered',
  },
} as const

/** The landing page of OGC 17-069r4 §7.2. */
export function landingPage(origin: string, language: Language) {
  const { title, description, api, conformance, data, tiles, tilingSchemes } = words[language]
  const links: Link[] = [
    { href: `${origin}/api`, rel: 'self', type: mediaTypes.json, title },
    { href: `${origin}/api?f=html`, rel: 'alternate', type: mediaTypes.html, title },
    { href: `${origin}/api/openapi.json`, rel: 'service-desc', type: mediaTypes.openapi, title: api },
    { href: `${origin}/api/conformance`, rel: 'conformance', type: mediaTypes.json, title: conformance },
    { href: `${origin}/api/collections`, rel: 'data', type: mediaTypes.json, title: data },
    { href: `${origin}/api/tiles`, rel: relations.tiles, type: mediaTypes.json, title: tiles },
    { href: `${origin}/api/tileMatrixSets`, rel: relations.tilingSchemes, type: mediaTypes.json, title: tilingSchemes },
  ]
  return { title, description, links }
}

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
