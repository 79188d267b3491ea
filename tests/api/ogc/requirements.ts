import * as core from './core-checks.ts'
import type { Check } from './core-checks.ts'
import * as crs from './crs-checks.ts'
import * as page from './page-checks.ts'
import type { PageCheck } from './page-checks.ts'

/** What the test of this name in OGC's own suite asks for: its requirement, and how it is checked here. */
export type Row = [test: string, requirement: string, check: Check]

/** A check of pages, of every collection under each query. */
function pages(check: PageCheck, queries: readonly string[]): Check {
  return async (service) => {
    for (const { id } of await service.collections()) for (const query of queries) await check(service, id, query)
  }
}

/** The names differ between the four files: one asks for pages as they are, three with a parameter. */
function pageRows(file: string, queries: readonly string[], names: Record<string, string> = {}): Row[] {
  const rows: [name: string, requirement: string, check: PageCheck][] = [
    ['Operation', '/req/core/fc-op', page.operation],
    ['GeometryInCRS84', '/req/core/crs84', page.geometryInCrs84],
    ['TypeProperty', '/req/core/fc-response', page.typeProperty],
    ['FeaturesProperty', '/req/core/fc-response', page.featuresProperty],
    ['Links', '/req/core/fc-links', page.links],
    ['TimeStamp', '/req/core/fc-timeStamp', page.timeStamp],
    ['NumberMatched', '/req/core/fc-numberMatched', page.numberMatched],
    ['NumberReturned', '/req/core/fc-numberReturned', page.numberReturned],
  ]
  return rows.map(([name, requirement, check]) => {
    const test = names[name] ?? `validate${names['all'] ?? 'FeaturesResponse_'}${name}`
    return [`core/collections/${file}.java ${test}`, requirement, pages(check, queries)]
  })
}

function withParameter(
  file: string,
  parameter: string,
  queries: readonly string[],
  own: Record<string, string>,
): Row[] {
  const names = { all: `FeaturesWith${parameter}Response_`, Operation: `validateFeaturesWith${parameter}Operation` }
  return pageRows(file, queries, { ...names, NumberReturned: 'validateFeaturesResponse_NumberReturned', ...own })
}

const coreRows: Row[] = [
  ['core/apidefinition/ApiDefinition.java openapiDocumentRetrieval', '/req/core/api-definition-op', core.apiDefinition],
  [
    'core/apidefinition/ApiDefinition.java apiDefinitionValidation',
    '/req/core/api-definition-success',
    core.apiDefinition,
  ],
  ['core validateConformanceOperationAndResponse', '/req/core/conformance-success', core.conformance],
  ['core/general/GeneralHttp.java http', '/req/core/http', core.http],
  ['core/landingpage/LandingPage.java landingPageRetrieval', '/req/core/root-op', core.landingPage],
  ['core/landingpage/LandingPage.java landingPageValidation', '/req/core/root-success', core.landingPage],
  ...collectionsRows(),
  ['core/collections/Feature.java featureOperation', '/req/core/f-op', core.feature],
  [
    'core/collections/Feature.java validateFeatureResponse',
    '/req/core/f-success, /req/core/f-links',
    core.featureResponse,
  ],
  ...pageRows('Features', [''], { Operation: 'validateFeaturesOperation' }),
  ...withParameter('FeaturesBBox', 'BoundingBox', page.boxes, {
    GeometryInCRS84: 'validateFeaturesResponse_GeometryInCRS84',
  }),
  ...withParameter('FeaturesLimit', 'Limit', page.limits, {}),
  ...withParameter('FeaturesTime', 'DateTime', page.times, {}),
  [
    'core/collections/FeaturesBBox.java boundingBoxParameterDefinition',
    '/req/core/fc-bbox-definition',
    core.parameterDefinition('bbox', { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } }),
  ],
  [
    'core/collections/FeaturesBBox.java validateFeaturesWithBoundingBoxResponse',
    '/req/core/fc-bbox-response',
    core.bboxResponse,
  ],
  [
    'core/collections/FeaturesLimit.java limitParameterDefinition',
    '/req/core/fc-limit-definition',
    core.parameterDefinition('limit', { type: 'integer', minimum: 1, maximum: 10_000, default: 1000 }),
  ],
  [
    'core/collections/FeaturesLimit.java validateFeaturesWithLimitResponse',
    '/req/core/fc-limit-response',
    core.limitResponse,
  ],
  [
    'core/collections/FeaturesTime.java timeParameterDefinition',
    '/req/core/fc-time-definition',
    core.parameterDefinition('datetime', { type: 'string' }),
  ],
  [
    'core/collections/FeaturesTime.java validateFeaturesWithDateTimeResponse',
    '/req/core/fc-time-response',
    core.timeResponse,
  ],
  [
    'core/collections/FeaturesErrorConditions.java validateFeaturesOperation_QueryParamInvalid',
    '/req/core/query-param-invalid',
    core.refused('limit=abc'),
  ],
  [
    'core/collections/FeaturesErrorConditions.java validateFeaturesOperation_QueryParamUnknown',
    '/req/core/query-param-unknown',
    core.refused('unknownQueryParameter=1'),
  ],
]

function collectionsRows(): Row[] {
  const list = 'core/collections/FeatureCollections.java validateFeatureCollectionsMetadataOperation'
  const one = 'core/collections/FeatureCollection.java validateFeatureCollectionMetadata'
  return [
    [list, '/req/core/fc-md-op', core.collectionsOperation],
    [`${list}Response_Links`, '/req/core/fc-md-links', core.collectionsLinks],
    [`${list}Response_Items`, '/req/core/fc-md-items', core.collectionsItems],
    [`${list}Response_CrsProperty`, '/req/core/crs84', core.collectionsCrs],
    [`${list}Response_Content`, '/req/core/fc-md-success', core.collectionsContent],
    [`${one}Operation`, '/req/core/sfc-md-op', core.collectionOperation],
    [`${one}Response`, '/req/core/sfc-md-success', core.collectionResponse],
  ]
}

const crsRows: Row[] = [
  ['crs/CrsRequirementClassPrecondition.java verifyConformanceClass', '/conf/crs', crs.crsClass],
  ...discoveryRows(),
  [
    'crs/query/bboxcrs/BBoxCrsParameter.java verifyBboxCrsParameterWithDefaultCrs',
    '/req/crs/bbox-crs-action',
    crs.bboxCrs,
  ],
  ['crs/query/bboxcrs/BBoxCrsParameter.java verifyBboxCrsParameter', '/req/crs/fc-bbox-crs-definition', crs.bboxCrs],
  [
    'crs/query/bboxcrs/BBoxCrsParameterDefault.java verifyBboxCrsParameterDefault',
    '/req/crs/fc-bbox-crs-default-value',
    crs.bboxCrsDefault,
  ],
  [
    'crs/query/bboxcrs/BBoxCrsParameterInvalid.java verifyBboxCrsParameterInvalid',
    '/req/crs/fc-bbox-crs-valid-value',
    crs.bboxCrsInvalid,
  ],
  ...queryRows('feature', 'Feature', 'feature'),
  ...queryRows('features', 'Features', 'items'),
]

function discoveryRows(): Row[] {
  const one = 'crs/discovery/collection/DiscoveryCollection'
  const list = 'crs/discovery/collections/DiscoveryCollections'
  return [
    [`${one}CrsUri.java verifyCollectionCrsIdentifierOfCrsProperty`, '/req/crs/crs-uri', crs.crsUris],
    [
      `${one}CrsUri.java verifyCollectionCrsIdentifierOfStorageCrsProperty`,
      '/req/crs/fc-md-storageCrs',
      crs.storageCrsUri,
    ],
    [
      `${one}DefaultCrs.java verifyCollectionCrsIdentifierOfCrsProperty`,
      '/req/crs/fc-md-crs-list B',
      crs.defaultCrsListed,
    ],
    [
      `${one}StorageCrs.java verifyCollectionCrsIdentifierOfCrsProperty`,
      '/req/crs/fc-md-storageCrs-valid-value',
      crs.storageCrsListed,
    ],
    [
      `${list}CrsUri.java verifyCollectionsCrsIdentifierOfCrsProperty`,
      '/req/crs/fc-md-crs-list-global',
      crs.globalCrsUris,
    ],
    [`${list}CrsUri.java verifyCollectionsCrsIdentifierOfStorageCrs`, '/req/crs/fc-md-storageCrs', crs.storageCrsUri],
    [`${list}CrsUri.java verifyCollectionsCollectionCrsIdentifierOfCrsProperty`, '/req/crs/crs-uri', crs.crsUris],
    [
      `${list}CrsUri.java verifyCollectionsCollectionCrsIdentifierOfStorageCrs`,
      '/req/crs/fc-md-storageCrs',
      crs.storageCrsUri,
    ],
    [
      `${list}DefaultCrs.java verifyCollectionsPathCollectionCrsPropertyContainsDefaultCrs`,
      '/req/crs/fc-md-crs-list B',
      crs.defaultCrsListed,
    ],
    [
      `${list}StorageCrs.java verifyCollectionsPathCollectionCrsPropertyContainsStorageCrs`,
      '/req/crs/fc-md-storageCrs-valid-value',
      crs.storageCrsListed,
    ],
  ]
}

function queryRows(folder: string, name: string, kind: 'items' | 'feature'): Row[] {
  const file = `crs/query/crs/${folder}/${name}CrsParameter`
  const verify = `verify${name}CrsParameter`
  return [
    [`${file}.java ${verify}`, '/req/crs/fc-crs-definition, /req/crs/ogc-crs-header', crs.crsParameter(kind)],
    [`${file}Default.java ${verify}Default`, '/req/crs/fc-crs-default-value', crs.crsDefault(kind)],
    [`${file}Invalid.java ${verify}Invalid`, '/req/crs/fc-crs-valid-value', crs.crsInvalid(kind)],
    [
      `${file}Transform.java ${verify}TransformWithCrsParameter`,
      '/req/crs/crs-action, /req/crs/geojson',
      crs.crsTransform(kind),
    ],
    [`${file}Transform.java ${verify}TransformWithoutCrsParameter`, '/req/crs/crs-action', crs.crsDefault(kind)],
  ]
}

/** Every test of the suite; all of them apply to this service. */
export const requirements: readonly Row[] = [...coreRows, ...crsRows]
