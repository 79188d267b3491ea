import { once } from 'node:events'
import { resolve } from 'node:path'
import {
  type Command,
  type CommandContext,
  type ExitCode,
  type PreparedCommand,
  UsageError,
} from './commands/command.ts'
import { readSecret } from './commands/read-secret.ts'
import { commands } from './commands/registry.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { stopSignals, type StopSignals } from './stop-signals.ts'
import { migrate } from './migrations/migrate.ts'
import { openStoreForCommand, type Store } from './store/open-store.ts'
import { asLostDatabase, StoreError } from './store/database-problem.ts'
import { storageSentences } from './store/storage-problem.ts'

/** `minqing <command> …`: finds the command, gives it what it needs, closes what it opened, and ends with its code. */
async function dispatch(args: string[], stop: StopSignals): Promise<ExitCode> {
  const [name, ...rest] = args.filter((argument, index) => !(argument === '--' && index === 0))
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(await overview())
    return 0
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load === undefined) {
    complain(`没有“${name}”这个命令 · There is no command “${name}”\n\n${await overview()}`)
    return 2
  }
  const command = await load()
  const prepared = command.prepare(rest)
  if (prepared.wantsHelp) {
    print(command.help)
    return 0
  }
  return runCommand(command, prepared, stop)
}

async function runCommand(command: Command, prepared: PreparedCommand, stop: StopSignals): Promise<ExitCode> {
  const config = readConfig(process.env, prepared.shared)
  const caller = process.env['INIT_CWD'] ?? process.cwd()
  let store: Promise<Store> | undefined
  const context: CommandContext = {
    config,
    now: () => config.asOf ?? new Date(),
    database: async () => {
      store ??= openMigrated(config, command.name)
      return (await store).database
    },
    path: (relative) => resolve(caller, relative),
    secret: (question) => readSecret(process.stdin, process.stderr, question, stop.signal),
    out: print,
    report: complain,
    signal: stop.signal,
  }
  try {
    return await Promise.race([prepared.run(context), interrupted(stop.signal)])
  } finally {
    await (await store?.catch(() => undefined))?.close()
  }
}

async function openMigrated(config: Config, command: string): Promise<Store> {
  const store = await openStoreForCommand(config, command, { report: complain, lost: fail })
  try {
    await migrate(store.database)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  const width = Math.max(...all.map(({ name }) => name.length))
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary.zh} · ${summary.en}`)
  return `用法 · Usage
  npx -y pnpm@12 minqing <命令 command> [选项 options]

命令 · Commands
${lines.join('\n')}

  minqing <命令> --help 显示该命令的用法 · shows a command's own help
  --data-dir <目录>      内置数据库所在目录，默认 .minqing · where the embedded database lives
  DATABASE_URL           使用自己的 PostgreSQL · a PostgreSQL of your own

服务器运行时，命令直接使用它的数据库；否则启动内置数据库，用完即停。
Beside a running server a command uses its database; alone it starts the embedded one and stops it again.`
}

/** A command that does not watch the signal itself is left; its transaction ends with its connection. */
async function interrupted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw new UsageError('已中断，未完成的写入已撤销 · Interrupted; what was not finished is undone')
}

function fail(error: unknown): void {
  const shown = asLostDatabase(error) ?? error
  const expected = shown instanceof ConfigError || shown instanceof StoreError || shown instanceof UsageError
  complain(expected ? shown.message : (storageSentences(shown) ?? (shown as Error).stack ?? String(shown)))
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

const stop = stopSignals()
try {
  process.exitCode = await dispatch(process.argv.slice(2), stop)
} catch (error) {
  fail(error)
  process.exitCode = 2
} finally {
  stop.dispose()
}
