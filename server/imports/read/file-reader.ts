import type { ImportChoices, ImportPreview, Inspection } from '@minqing/data/domain/import'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Database, Transaction } from '../../store/connect.ts'
import { importScope, readAs } from '../../store/scope.ts'
import type { KnownArea } from '../check/area-index.ts'
import { askStreet } from '../check/ask-street.ts'
import { streetPlan } from '../plan.ts'
import { currentReader, type ReaderProgram } from './build-reader.ts'
import type { Frame } from '../../processes/frames.ts'
import { LimitedProcess, LimitReached, type Limits } from '../../processes/limited-process.ts'
import type { FilePlace, ReaderJob, ReaderMessage, ReaderOrder } from './messages.ts'

/**
 * What reading one file may take. It is looked at so often that the rest to 256 MB is enough for what comes between two
 * looks; an hour of computing is some hundred million rows.
 */
export const readerLimits: Limits = { heap: 256, memory: 236, computing: 3_600, silence: 30_000 }

let current: ReaderProgram | undefined

/** Formats that are several files, which lie side by side under one name. */
const severalFiles = /\.(shp|dbf|shx|prj|cpg)$/i

/** A child process that reads one file and can do nothing else. */
export class FileReader {
  readonly #process: LimitedProcess

  constructor(file: FilePlace, limits = readerLimits, program: ReaderProgram = (current ??= currentReader())) {
    const own = severalFiles.test(file.path) ? `${file.path.replace(severalFiles, '')}.*` : file.path
    // A database file is opened with what may lie beside it.
    this.#process = new LimitedProcess(program.entry, [...program.files, own, `${file.path}-*`], limits)
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Bytes of the most memory that the process was seen to use. */
  get peak(): number {
    return this.#process.peak
  }

  async order(order: ReaderJob | ReaderOrder): Promise<void> {
    await this.#process.send('message', JSON.stringify(order))
  }

  /**
   * The next bytes or message.
   *
   * @throws FileProblem when the file cannot be understood or is too much for the limits
   */
  async next(): Promise<
    Exclude<ReaderMessage, { kind: 'alive' | 'problem' | 'failed' }> | (Frame & { kind: 'copy' | 'rejects' })
  > {
    const frame = await this.#next()
    if (frame.kind !== 'message') return { kind: frame.kind, body: frame.body }
    const message = JSON.parse(frame.body.toString()) as ReaderMessage
    if (message.kind === 'alive') return this.next()
    if (message.kind === 'problem') throw new FileProblem(message.label.zh, message.label.en)
    if (message.kind === 'failed') throw failure(message)
    return message
  }

  /** Ends the process; whoever waits for `next` gets the reason. */
  stop(reason?: Error): void {
    this.#process.stop(reason)
  }

  /** Ends the process and waits until it is gone. */
  async close(): Promise<void> {
    this.#process.stop()
    await this.#process.gone()
  }

  async #next(): Promise<Frame> {
    try {
      return await this.#process.next()
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      throw tooMuch[error.limit]()
    }
  }
}

const tooMuch = {
  memory: () =>
    new FileProblem(
      '读取这个文件需要的内存超出限制。它可能损坏，或含有异常大的单元格或图形。请拆成几个较小的文件，或另存为 CSV 后再导入',
      'Reading this file needs more memory than is allowed. It may be damaged, or hold a cell or a shape of unusual size. Split it into smaller files, or save it as CSV and import that',
    ),
  time: () =>
    new FileProblem(
      '读取这个文件的时间超出限制。它可能损坏。请用 Excel、WPS 或 QGIS 打开并另存后再导入',
      'Reading this file took longer than is allowed. It may be damaged. Open it in Excel, WPS or QGIS, save it again and import that',
    ),
}

/** A fault of ours in the child, with the place where it happened there. */
function failure({ name, at }: { name: string; at: string }): Error {
  const error = new Error(`the reader failed with ${name}`)
  error.stack = `${error.message}\n${at}`
  return error
}

/** @param street only this street's areas, or null for all of them */
export async function readAreas(transaction: Transaction, street: string | null): Promise<KnownArea[]> {
  return transaction<KnownArea[]>`
    select code, level, name, source, source_id, center[0] as lon, center[1] as lat, geometry from area
    where ${street}::text is null or street_code = ${street}
    order by source = 'demo', code`
}

/** Areas that are sent at once. */
const atOnce = 200

/** Sends a reader the areas that it checks against, and the order to begin. */
export async function sendAreas(transaction: Transaction, reader: FileReader, street: string | null): Promise<void> {
  const areas = await readAreas(transaction, street)
  for (let at = 0; at < areas.length; at += atOnce)
    // The reader takes them as fast as it can.
    await reader.order({ kind: 'areas', areas: areas.slice(at, at + atOnce) })
  await reader.order({ kind: 'begin' })
}

/** A person waits for this. */
const limits = { ...readerLimits, computing: 60, silence: 20_000 }

/**
 * What is recognised in a file, as the choices stand.
 *
 * @throws FileProblem when it cannot be read so
 */
export async function inspect(
  database: Database,
  file: FilePlace,
  choices: ImportChoices,
): Promise<{ inspection: Inspection; preview: ImportPreview }> {
  const reader = new FileReader(file, limits)
  try {
    await reader.order({ kind: 'inspect', file, choices })
    const question = await readAs(database, importScope, async (transaction) => {
      await sendAreas(transaction, reader, choices.street?.split('=')[0] ?? null)
      return askStreet(transaction, streetPlan(choices))
    })
    const said = await reader.next()
    if (said.kind !== 'inspected') throw new Error(`the reader said ${said.kind} when asked to inspect`)
    const { inspection, preview } = said
    if (question !== null) inspection.questions.unshift(question)
    return { inspection, preview }
  } finally {
    await reader.close()
  }
}
