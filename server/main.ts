import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { demoModel } from '@minqing/data/demo/city/site'
import { actorAs, systemActor } from './access/actor.ts'
import { openAccountService } from './accounts/account-service.ts'
import { FirstLinkOffer } from './accounts/first-link-offer.ts'
import { IdentityProvider } from './accounts/identity-provider.ts'
import { everybodyIs } from './http/resolve-actor.ts'
import { ThreadPool } from './analysis/thread-pool.ts'
import { createApp } from './app.ts'
import { type Config, ConfigError, readConfig, repositoryRoot } from './config.ts'
import { carryOnBeside } from './demo/carry-on-beside.ts'
import { readDemoState } from './demo/demo-state.ts'
import { watchScheduledExports } from './exports/scheduled/run-scheduled.ts'
import { DocumentFiles, documentFolder } from './documents/document-files.ts'
import { temporaryFolder } from './exports/temporary-folder.ts'
import { openImportService } from './imports/intake/import-service.ts'
import { CellCache } from './counts/cell-cache.ts'
import { createListener } from './http/listener.ts'
import { ResponseCache } from './http/response-cache.ts'
import { noteRequests } from './http/request-log.ts'
import { listen } from './listen.ts'
import { createLog } from './log.ts'
import { createSite } from './site.ts'
import { type StopSignals, stopSignals } from './stop-signals.ts'
import { applicationLogin } from './store/application-login.ts'
import { connect, type Database } from './store/connect.ts'
import { listenToCollections } from './store/collection-versions.ts'
import { migrate } from './migrations/migrate.ts'
import { openOwnStore, type Store } from './store/open-store.ts'
import { prepareConnections } from './resources/prepare-connections.ts'
import { lightConnections, readConnections } from './store/read-pools.ts'
import { ReplicaReader } from './store/replica-reader.ts'
import { isLoopback } from './trusted-proxies.ts'
import { asLostDatabase, StoreError } from './store/database-problem.ts'
import { storageSentences } from './store/storage-problem.ts'
import { productVersion } from './version.ts'

/** Milliseconds that running requests may take to finish when the server is to end. */
const grace = 10_000
/** Connections for imports. */
const writeConnections = 4
/** Connections for signing in and for looking up who asks. */
const accountConnections = 3

/** What is done beside opening the database, before anything is served. */
export type Prepare = (signal: AbortSignal, report: (line: string) => void) => Promise<unknown>

const help = `用法 · Usage
  npx -y pnpm@12 start [--data-dir <目录>] [--as-of <时间>]

  --data-dir  内置数据库所在目录，默认 .minqing · where the embedded database lives
  --as-of     演示数据截止的时刻，默认现在 · the time at which the demo data end, now by default

环境变量 · Environment
  PORT          端口，默认 8787 · the port
  HOST          监听地址，默认 127.0.0.1 · the address to listen on
  TRUST_PROXY   信任其 X-Forwarded-For 的反向代理地址或网段，用逗号分隔；本机总是信任 · reverse proxies whose X-Forwarded-For is believed, the loopback besides
  ALLOWED_HOSTS  访问本服务可用的主机名，用逗号分隔；默认为本机的名称与地址 · the host names by which it may be asked, by default the machine's name and addresses
  TLS_CERT      HTTPS 证书（PEM 文件），与 TLS_KEY 同时给出 · certificate for HTTPS, a PEM file, together with TLS_KEY
  TLS_KEY       证书的私钥（PEM 文件）· its private key
  SIGN_IN       是否须登录：on（默认）或 off（只能在本机监听）· whether to sign in: on, the default, or off, on the loopback alone
  OIDC_ISSUER   中心自有的统一登录（OpenID Connect），见 docs/operations.md · the centre's own sign-on
  WALL_CONTACTS  大屏标注网格员姓名与值守电话：on（默认）或 off · whether the wall names the grid workers on duty
  IMPORT_LIMIT_MB  网页导入的文件上限，默认 2000 · the largest file of one, in MB
  IMPORT_QUOTA_MB  上传文件合计上限，默认 10000 · all uploaded files together, in MB
  DATABASE_URL  使用自己的 PostgreSQL（≥ 15）· a PostgreSQL of your own instead of the embedded one
  DATABASE_REPLICA_URL  它的流复制副本，用逗号分隔，读取时使用 · its streaming replicas, separated by commas, to read from`

/**
 * Runs the server until it is to end: opens the database, brings it up to date, listens, and closes everything in
 * the reverse order, also when one of the steps fails.
 *
 * @returns the exit code: 0 after a clean end, 1 when it could not run or has lost its database.
 */
export async function main(prepare: Prepare = async () => {}): Promise<0 | 1> {
  const stop = stopSignals()
  try {
    const config = readOptions(process.argv.slice(2))
    if (config === undefined) say(help)
    else await run(config, prepare, stop)
    return 0
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) return 0
    const shown = asLostDatabase(error) ?? error
    const expected = shown instanceof ConfigError || shown instanceof StoreError
    const sentences = expected ? shown.message : storageSentences(shown)
    process.stderr.write(`${sentences ?? (shown as Error).stack ?? String(shown)}\n`)
    return 1
  } finally {
    stop.dispose()
  }
}

function readOptions(args: string[]): Config | undefined {
  try {
    const { values } = parseArgs({
      args: args.filter((argument) => argument !== '--'),
      options: { 'data-dir': { type: 'string' }, 'as-of': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    return values.help === true ? undefined : readConfig(process.env, values)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`${(error as Error).message}\n${help}`)
  }
}

async function run(config: Config, prepare: Prepare, stop: StopSignals): Promise<void> {
  let lost: unknown
  const store = await openOwnStore(config, {
    report: say,
    lost: (error) => {
      lost = error
      stop.request()
    },
  })
  // Ends what `prepare` has begun when something else fails.
  const failed = new AbortController()
  try {
    const now = () => config.asOf ?? new Date()
    const ready = Promise.all([prepare(AbortSignal.any([stop.signal, failed.signal]), say), bringUpToDate(store, now)])
    const [, demoIsBehind] = await Promise.race([ready, aborted(stop.signal)])
    await serve(config, store, now, stop, demoIsBehind)
  } catch (error) {
    // What else fails then, our own request to end included, follows from that.
    throw lost ?? error
  } finally {
    failed.abort()
    await store.close()
  }
  if (lost !== undefined) throw lost
  say('已结束 · Ended')
}

/** The newest schema, and in an empty database the demo street. Returns whether an earlier demo ends before now. */
async function bringUpToDate({ database }: Store, now: () => Date): Promise<boolean> {
  await migrate(database)
  const demo = await readDemoState(database)
  if (demo !== undefined && demo.scale !== 'street') return false
  if (demo?.model === demoModel) return Date.parse(demo.carriedTo) < now().getTime()
  // Loaded where it is needed: most starts find a demo.
  const { ensureDemo } = await import('./demo/ensure-demo.ts')
  await ensureDemo(database, systemActor, { asOf: now(), report: say })
  return false
}

/** Connects as the server's own login and serves until it is to end. */
async function serve(
  config: Config,
  store: Store,
  now: () => Date,
  stop: StopSignals,
  demoIsBehind: boolean,
): Promise<void> {
  const asLogin = await applicationLogin(store.database, store.url)
  if (asLogin === undefined) say(worksAsOwner)
  const connectTo = (url: string, poolSize: number) => connect({ url: asLogin?.(url) ?? url, poolSize })
  const connections = {
    database: connectTo(store.url, readConnections),
    light: connectTo(store.url, lightConnections),
    // Connections of their own: an import holds one for as long as it runs.
    writing: connectTo(store.url, writeConnections),
    signingIn: connectTo(store.url, accountConnections),
    replicas: config.replicaUrls.map((url) => connectTo(url, readConnections)),
  }
  try {
    await serveOn(connections, config, store, now, stop, demoIsBehind)
  } finally {
    const { replicas, ...own } = connections
    await Promise.all([...Object.values(own), ...replicas].map((pool) => pool.end({ timeout: 1 })))
  }
}

type Connections = Record<'database' | 'light' | 'writing' | 'signingIn', Database> & { replicas: Database[] }

async function serveOn(
  { database, light, writing, signingIn, replicas }: Connections,
  config: Config,
  { url, describe }: Store,
  now: () => Date,
  stop: StopSignals,
  demoIsBehind: boolean,
): Promise<void> {
  const log = createLog(process.stderr, () => new Date(), 100)
  const cache = new ResponseCache()
  const reader = await ReplicaReader.open(database, replicas)
  const logError = (error: unknown) => log.error('request', error)
  const service = openImportService(config, writing, (error) => log.error('import', error))
  const cells = new CellCache()
  const threads = new ThreadPool()
  const version = productVersion()
  const accounts = config.signIn
    ? await openAccountService(signingIn, {
        proxies: config.proxies,
        provider:
          config.provider && new IdentityProvider(config.provider, (error) => log.error('identity provider', error)),
        // Not that of the demo, which `--as-of` stops.
        now: () => new Date(),
        logError: (error) => log.error('accounts', error),
      })
    : undefined
  const firstLink = accounts && new FirstLinkOffer(accounts, say, (error) => log.error('accounts', error))
  const stopListening = await listenToCollections(database, (collection, version) => {
    reader.noteChange().catch((error: unknown) => log.error('replica', error))
    cache.drop(collection, version)
    firstLink?.noteChange(collection)
  })
  const actors =
    accounts?.admission ?? everybodyIs(actorAs({ kind: 'system', id: 'everybody' }, 'centre_lead', ['all']))
  const app = createApp({
    actors,
    database,
    reader,
    // Replicas have connections of their own.
    ...(replicas.length === 0 ? { light } : {}),
    now,
    version,
    cache,
    cells,
    ...(accounts === undefined ? {} : { accounts }),
    closing: stop.signal,
    imports: service.service,
    threads,
    documents: new DocumentFiles(documentFolder(config.dataDirectory)),
    wallContacts: config.wallContacts,
    proxies: config.proxies,
    temporary: await temporaryFolder(config.dataDirectory),
    logError,
    logInfo: log.info,
  })
  const site = createSite(app, join(repositoryRoot, 'web', 'dist'), log)
  const handle = createListener(site.fetch, cache, actors, { note: noteRequests(log), hosts: config.hosts })
  const listener = await listen(handle, config, (error) => log.error('tls', error))
  // Not before: a port in use ends the database at once.
  service.begin()
  describe({ address: listener.address })
  say(`民情地图已启动，请在浏览器中打开 · Minqing Map is running, open  ${listener.address}`)
  if (isInTheClear(config)) say(inTheClear)
  void firstLink?.start(listener.address)
  say('按 Ctrl-C 结束 · Ctrl-C ends it')
  stop.hurried.addEventListener('abort', listener.cut)
  const scheduled = watchScheduledExports(writing, now, (error) => log.error('scheduled export', error))
  const preparing = prepareConnections(light, lightConnections, now).catch((error: unknown) =>
    log.error('connections', error),
  )
  const filling = cells.fill(database, stop.signal).catch((error: unknown) => log.error('counts', error))
  const carryingOn = demoIsBehind
    ? carryOnBeside({ databaseUrl: url, asOf: now().toISOString() }, (error) => log.error('demo', error))
    : undefined
  if (!stop.signal.aborted) await once(stop.signal, 'abort')
  say('正在结束 · Ending …')
  await Promise.all([preparing, filling, scheduled.stop(), carryingOn?.stop(), service.close(), threads.close()])
  await listener.close(grace)
  await stopListening()
  await accounts?.close()
  await reader.close()
}

const worksAsOwner =
  '提示：数据库不允许另建登录，服务以数据库所有者的身份工作；见 docs/operations.md · Note: the database takes no login of our own, so the server works as its owner; see docs/operations.md'

/** Whether passwords and personal data would cross the network as they are. */
function isInTheClear({ host, tls, proxies }: Config): boolean {
  return !isLoopback(host) && tls === undefined && !proxies.namesOthers
}

const inTheClear =
  '警告：服务以不加密的 HTTP 对外开放，密码和数据会以明文经过网络。请用 TLS_CERT 与 TLS_KEY 启用 HTTPS，或置于 HTTPS 反向代理之后并以 TRUST_PROXY 列出该代理 · Warning: the server is open to the network over plain HTTP, and passwords and data cross it unencrypted. Set TLS_CERT and TLS_KEY, or put it behind a proxy that speaks HTTPS and name that in TRUST_PROXY'

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

if (import.meta.main) process.exitCode = await main()
