import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { Label } from '@minqing/data/domain/label'
import type { Config, ConfigOptions } from '../config.ts'
import type { Database } from '../store/connect.ts'

/** What a command gets from outside. */
export type CommandContext = {
  config: Config
  /** The time to work at: `--as-of`, else the clock. */
  now: () => Date
  /**
   * The database, migrated: a running server's, the one of `DATABASE_URL`, or the embedded one, which is started for
   * this command and stopped after it. Opened on the first call, closed by the dispatcher.
   */
  database: () => Promise<Database>
  /** A path as the person meant it, relative to where they stand. */
  path: (relative: string) => string
  /**
   * What nobody may read over a shoulder or in a list of processes: asked for on the terminal without showing it, or the
   * first line of the standard input where that is no terminal; undefined where there is none.
   */
  secret: (question: string) => Promise<string | undefined>
  /** Results. */
  out: (line: string) => void
  /** Progress and errors. */
  report: (line: string) => void
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
}

/** 0 done, 1 done in part or refused, 2 could not run. */
export type ExitCode = 0 | 1 | 2

/** A command whose options are parsed; `run` ends with the exit code. */
export type Command = {
  name: string
  summary: Label
  /** Shown by `minqing <command> --help`: usage, options and an example, in both languages. */
  help: string
  /** @throws UsageError when the arguments cannot be understood. */
  prepare: (args: string[]) => PreparedCommand
}

export type PreparedCommand = {
  /** The shared options `--data-dir` and `--as-of`. */
  shared: ConfigOptions
  wantsHelp: boolean
  run: (context: CommandContext) => Promise<ExitCode>
}

/** Arguments that cannot be understood; the dispatcher shows the message and ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const sharedOptions = {
  help: { type: 'boolean', short: 'h' },
  'data-dir': { type: 'string' },
  'as-of': { type: 'string' },
} as const

type Parsed<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true; strict: true }>
>

/** Declares a command: its own options (as for `parseArgs` of `node:util`) come parsed and typed into `run`. */
export function defineCommand<const Options extends ParseArgsOptionsConfig>(command: {
  name: string
  summary: Label
  help: string
  options: Options
  run: (context: CommandContext, parsed: Parsed<Options>) => Promise<ExitCode>
}): Command {
  const { name, summary, help, options, run } = command
  return {
    name,
    summary,
    help,
    prepare: (args) => {
      const parsed = parseStrictly({ ...sharedOptions, ...options }, args)
      const shared = parsed.values as ConfigOptions & { help?: boolean }
      return {
        shared: { 'data-dir': shared['data-dir'], 'as-of': shared['as-of'] },
        wantsHelp: shared.help === true,
        run: (context) => run(context, parsed),
      }
    },
  }
}

function parseStrictly<Options extends ParseArgsOptionsConfig>(options: Options, args: string[]) {
  try {
    return parseArgs({ options, args, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
