import type { AccountService } from '../accounts/account-service.ts'
import { administrationRoutes } from '../accounts/administration-routes.ts'
import { providerRoutes } from '../accounts/provider-routes.ts'
import { accountRoutes } from '../accounts/routes.ts'
import { wallDeviceRoutes } from '../accounts/walls/routes.ts'
import type { AnalysisService } from '../analysis/analysis-service.ts'
import { analysisRoutes } from '../analysis/routes.ts'
import type { ThreadPool } from '../analysis/thread-pool.ts'
import { areaRoutes } from '../areas/routes.ts'
import { communityFeatures, gridFeatures, streetFeatures } from '../areas/area-features.ts'
import { auditRoutes } from '../audit/routes.ts'
import { baseTileSet } from '../base/tile-set.ts'
import { buildingFeatures } from '../buildings/building-features.ts'
import { clockRoutes } from '../clocks/routes.ts'
import type { CountSource } from '../counts/cell-cache.ts'
import { demoRoutes } from '../demo/routes.ts'
import { densityRoutes } from '../density/routes.ts'
import { analysisExportRoutes } from '../exports/analysis-routes.ts'
import type { DocumentFiles } from '../documents/document-files.ts'
import { incidentDocumentRoutes } from '../documents/routes.ts'
import { exportRoutes } from '../exports/routes.ts'
import { facilityFeatures } from '../facilities/facility-features.ts'
import { documentRoutes } from '../features/document-routes.ts'
import { featureRoutes } from '../features/routes.ts'
import { figureRoutes } from '../figures/routes.ts'
import { createRouter } from '../http/router.ts'
import type { Reading } from '../http/versioned-answer.ts'
import type { ImportService } from '../imports/intake/import-service.ts'
import { importRoutes } from '../imports/intake/routes.ts'
import { incidentFeatures } from '../incidents/incident-features.ts'
import type { ActorSource } from '../http/resolve-actor.ts'
import { incidentRoutes } from '../incidents/routes.ts'
import { intakeRoutes } from '../intake/routes.ts'
import { liveRoutes } from '../live/routes.ts'
import type { Log } from '../log.ts'
import { printRoutes } from '../print/routes.ts'
import { searchRoutes } from '../search/routes.ts'
import { statusRoutes } from '../status/routes.ts'
import type { Database } from '../store/connect.ts'
import type { ReadPools } from '../store/read-pools.ts'
import type { ReplicaReader } from '../store/replica-reader.ts'
import { summaryRoutes } from '../summary/routes.ts'
import { taskRoutes } from '../tasks/routes.ts'
import { tileRoutes } from '../tiles/routes.ts'
import { collectionTileSets } from '../tiles/tile-set.ts'
import { wallRoutes } from '../wall/routes.ts'
import { duplicateRoutes } from '../workflow/duplicate-routes.ts'
import { workflowRoutes } from '../workflow/routes.ts'

/** The collections of OGC API – Features, in the order in which they are listed. */
export const collections = [
  streetFeatures,
  communityFeatures,
  gridFeatures,
  buildingFeatures,
  incidentFeatures,
  facilityFeatures,
] as const

/** The sets of OGC API – Tiles. */
const tileSets = [baseTileSet, ...collectionTileSets(collections)]

export type ResourceDependencies = Reading &
  Pick<CountSource, 'cells'> & {
    /** For what writes. */
    database: Database
    /** The connections for reading, by what a request costs; `readFrom` are the ordinary ones. */
    pools: ReadPools
    /** Where these read, if that is chosen among replicas. */
    reader: ReplicaReader | undefined
    /** The clock: tests stop it. */
    now: () => Date
    /** Signing in; undefined where it is switched off. */
    accounts: AccountService | undefined
    /** Who asks: a stream outlasts the question that opened it. */
    actors: ActorSource
    /** Aborted when the server is to end; streams end with it. */
    closing: AbortSignal | undefined
    /** Answers questions that take longer than a request. */
    analyses: AnalysisService
    /** Where what takes longer than a request is computed. */
    threads: ThreadPool
    /** Takes files; undefined in a test that imports none. */
    imports: ImportService | undefined
    /** Files of documents of incidents. */
    documents: DocumentFiles
    /** Whether the wall names the grid workers on duty. */
    wallContacts: boolean
    /** Folder of exports that are being written. */
    temporary: string
    logError: (error: unknown) => void
    logInfo: Log['info']
  }

/** Every resource of the API: one line each. */
export function resourceRoutes(given: ResourceDependencies) {
  const { pools } = given
  const light = { ...given, readFrom: pools.light }
  const resources = createRouter()
    .route('/', featureRoutes(given, collections))
    .route('/', statusRoutes(light))
    .route('/', areaRoutes(light))
    .route('/', summaryRoutes(given))
    .route('/', densityRoutes(given))
    .route('/', figureRoutes(given))
    .route('/', analysisRoutes(given.analyses))
    .route('/', incidentRoutes({ ...given, columnsFrom: pools.columns }))
    .route('/', workflowRoutes(given.database, pools.light, given.now))
    .route('/', incidentDocumentRoutes(given.database, pools.light, given.documents, given.now))
    .route('/', intakeRoutes(given.database, pools.light, given.now))
    .route('/', clockRoutes(given.database, pools.light, given.now))
    .route('/', duplicateRoutes(pools.light, given.now))
    .route('/', taskRoutes(pools.light, given.now))
    .route(
      '/',
      liveRoutes(light, given.actors, { whenActorsChange: given.accounts?.whenActorsChange, closing: given.closing }),
    )
    .route('/', tileRoutes(given, tileSets))
    .route('/', exportRoutes({ ...given, readFrom: pools.exports }))
    .route('/', analysisExportRoutes(given))
    .route('/', searchRoutes(given))
    .route('/', auditRoutes(given.database, pools, given.now))
    .route('/', wallRoutes(light))
    .route('/', accountRoutes(given.accounts, pools.light))
    .route('/', administrationRoutes(given.accounts, pools.light))
    .route('/', wallDeviceRoutes(given.accounts, pools.light))
    .route('/', providerRoutes(given.accounts))
    .route('/', printRoutes(given.database, pools.light, given.now))
    .route('/', importRoutes(given.database, given.imports))
    .route('/', demoRoutes(given.database))
  return resources.route('/', documentRoutes(given, collections, resources))
}
