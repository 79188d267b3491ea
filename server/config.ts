import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { AllowedHosts, defaultHosts } from './allowed-hosts.ts'
import { isLoopback, TrustedProxies } from './trusted-proxies.ts'

/** The clone's root: where `.minqing` and `web/dist` are, whatever directory a command was called from. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url))

/** Something in the environment or the options that cannot be used; the message is the sentence to show. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const Environment = z.object({
  PORT: z.preprocess(
    (value) => (value === undefined || value === '' ? 8787 : value),
    z.coerce.number<string | number>('is no port number').int('is no port number').min(0).max(65_535),
  ),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .trim()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATABASE_REPLICA_URL: z
    .string()
    .transform((text) => text.split(',').map((url) => url.trim()))
    .pipe(z.array(z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')))
    .optional(),
  TRUST_PROXY: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .transform((named, context) => {
      try {
        return new TrustedProxies(named)
      } catch {
        context.addIssue('must be addresses or networks like 10.1.0.0/16, separated by commas')
        return z.NEVER
      }
    })
    .default(new TrustedProxies()),
  ALLOWED_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.string().regex(/^[\w.-]+$|^\[?[\da-f:.]+\]?$/i, 'must be host names or addresses without ports')))
    .optional(),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  MINQING_DATA_DIR: z.string().optional(),
  SIGN_IN: z.enum(['on', 'off'], 'must be on or off').default('on'),
  OIDC_ISSUER: z
    .string()
    .trim()
    .refine(isSafeIssuer, 'must be an address with https, or with http on this machine')
    .transform((text) => new URL(text))
    .optional(),
  OIDC_CLIENT_ID: z.string().trim().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().trim().max(40).default('统一登录'),
  OIDC_LOGIN_CLAIM: z.string().trim().default('preferred_username'),
  OIDC_SECOND_FACTOR: z.enum(['own', 'claim'], 'must be own or claim').default('own'),
  WALL_CONTACTS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  IMPORT_LIMIT_MB: z.coerce.number<string | number>('is no number').int('is no whole number').min(1).default(2_000),
  IMPORT_QUOTA_MB: z.coerce.number<string | number>('is no number').int('is no whole number').min(1).default(10_000),
})

/** Paths of PEM files: the certificate with those that lead to its authority, and its private key. */
export type TlsFiles = { cert: string; key: string }
/** What is said to an identity provider in plain text could be read on the way. */
function isSafeIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
}

/** How the centre's own sign-on is reached, and what is believed of what it says. */
export type ProviderSettings = {
  issuer: URL
  clientId: string
  /** Without it, the client is a public one: PKCE alone protects it. */
  clientSecret: string | undefined
  /** What its button says. */
  name: string
  /** Claim that is compared with the login of an account at its first use. */
  loginClaim: string
  /** Whether a second factor that was given there counts here. */
  trustsSecondFactor: boolean
}

export type Config = {
  port: number
  host: string
  /** A PostgreSQL of one's own; without it the embedded one of `dataDirectory` is used. */
  databaseUrl: string | undefined
  /** Streaming replicas of that PostgreSQL, which requests read from. */
  replicaUrls: readonly string[]
  /** Whose word on who asks is believed. */
  proxies: TrustedProxies
  /** The names by which it may be asked. */
  hosts: AllowedHosts
  /** With it, the port speaks HTTPS. */
  tls: TlsFiles | undefined
  /** Absolute. Holds the embedded database, its log and its lock. */
  dataDirectory: string
  /** Stops the clock for demo data at this time; without it, it runs. */
  asOf: Date | undefined
  /** Whether people and programs have to sign in. */
  signIn: boolean
  /** The centre's own sign-on (OpenID Connect). */
  provider: ProviderSettings | undefined
  /** Bytes of the largest file and of all uploaded files together. */
  imports: { limit: number; quota: number }
  /** Whether the wall names the grid workers on duty. */
  wallContacts: boolean
}

/** Options that every command shares with `start`. */
export type ConfigOptions = { 'data-dir'?: string | undefined; 'as-of'?: string | undefined }

/**
 * Reads environment and options once, at the edge.
 *
 * @param callerDirectory what relative paths in options mean: where the person stands, not where the script runs.
 * @throws ConfigError one sentence naming the variable or option at fault, never its value (it may hold a password).
 */
export function readConfig(
  environment: Record<string, string | undefined>,
  options: ConfigOptions = {},
  callerDirectory: string = environment.INIT_CWD ?? process.cwd(),
): Config {
  const known = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(known)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ConfigError(
      `环境变量 ${String(issue?.path[0])} 无效 · Environment variable ${String(issue?.path[0])}: ${issue?.message}`,
    )
  }
  const { PORT, HOST, DATABASE_URL, DATABASE_REPLICA_URL, MINQING_DATA_DIR, WALL_CONTACTS } = parsed.data
  const { IMPORT_LIMIT_MB, IMPORT_QUOTA_MB } = parsed.data
  if (DATABASE_REPLICA_URL !== undefined && DATABASE_URL === undefined) {
    throw new ConfigError(
      'DATABASE_REPLICA_URL 需要与 DATABASE_URL 一起使用：内置数据库没有副本 · DATABASE_REPLICA_URL goes with DATABASE_URL: the embedded database has no replicas',
    )
  }
  const { ALLOWED_HOSTS, TLS_CERT, TLS_KEY } = parsed.data
  if ((TLS_CERT === undefined) !== (TLS_KEY === undefined)) {
    throw new ConfigError(
      'TLS_CERT 与 TLS_KEY 须同时给出：证书与其私钥的 PEM 文件 · TLS_CERT and TLS_KEY go together: PEM files of the certificate and its private key',
    )
  }
  const signIn = parsed.data.SIGN_IN === 'on'
  if (!signIn && !isLoopback(HOST)) {
    throw new ConfigError(
      'SIGN_IN=off 时所有人都可以查看和修改全部数据，因此只能在本机监听：请去掉 SIGN_IN=off，或把 HOST 设为 127.0.0.1 · With SIGN_IN=off everybody may see and change everything, so the server listens on the loopback alone: leave SIGN_IN=off out, or set HOST to 127.0.0.1',
    )
  }
  const path = (given: string) => resolve(callerDirectory, given)
  const chosen = options['data-dir'] ?? MINQING_DATA_DIR
  return {
    port: PORT,
    host: HOST,
    databaseUrl: DATABASE_URL,
    replicaUrls: DATABASE_REPLICA_URL ?? [],
    proxies: parsed.data.TRUST_PROXY,
    hosts: ALLOWED_HOSTS === undefined ? defaultHosts(HOST) : new AllowedHosts(ALLOWED_HOSTS),
    tls: TLS_CERT === undefined || TLS_KEY === undefined ? undefined : { cert: path(TLS_CERT), key: path(TLS_KEY) },
    dataDirectory: chosen === undefined ? resolve(repositoryRoot, '.minqing') : path(chosen),
    asOf: readInstant(options['as-of']),
    signIn,
    provider: readProvider(parsed.data),
    imports: { limit: IMPORT_LIMIT_MB * 1_000_000, quota: IMPORT_QUOTA_MB * 1_000_000 },
    wallContacts: WALL_CONTACTS === 'on',
  }
}

function readProvider(given: z.output<typeof Environment>): ProviderSettings | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_LOGIN_CLAIM, OIDC_SECOND_FACTOR } = given
  if (OIDC_ISSUER === undefined) return undefined
  if (OIDC_CLIENT_ID === undefined)
    throw new ConfigError('OIDC_ISSUER 需要与 OIDC_CLIENT_ID 一起使用 · OIDC_ISSUER goes with OIDC_CLIENT_ID')
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    name: OIDC_NAME,
    loginClaim: OIDC_LOGIN_CLAIM,
    trustsSecondFactor: OIDC_SECOND_FACTOR === 'claim',
  }
}

function readInstant(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).safeParse(text)
  if (!instant.success) {
    throw new ConfigError(
      '--as-of 须为带时区的时间，例如 2026-11-21T08:00:00+08:00 · --as-of must be a time with its offset, like 2026-11-21T08:00:00+08:00',
    )
  }
  return new Date(instant.data)
}
