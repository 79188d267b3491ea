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
