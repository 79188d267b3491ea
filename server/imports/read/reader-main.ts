import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Label } from '@minqing/data/domain/label'
import { AreaIndex, type KnownArea } from '../check/area-index.ts'
import { fileBytes, watchedBytes } from './file-bytes.ts'
import { readFrames } from '../../processes/frames.ts'
import { ReportedRepeats } from '../check/repeats.ts'
import { RowChecking } from './check-rows.ts'
import { inspectFile } from './inspect-file.ts'
import type { ReaderJob, ReaderOrder } from './messages.ts'
import { Output } from './output.ts'

// Runs as a limited child process (`limited-process.ts`): reads one file, and says what it found in frames.

/** Milliseconds between two signs of life. */
const pace = 2_000

/** Orders as they come, without waiting for them: when there are no more, whoever gave them is gone. */
class Orders {
  readonly #frames = readFrames(process.stdin as AsyncIterable<Uint8Array>)
  readonly #waiting: ((order: unknown) => void)[] = []
  readonly #come: unknown[] = []

  async listen(): Promise<void> {
    for await (const { body } of this.#frames) {
      const order: unknown = JSON.parse(body.toString())
      const waiting = this.#waiting.shift()
      if (waiting === undefined) this.#come.push(order)
      else waiting(order)
    }
    process.exit()
  }

  next<Order>(): Promise<Order> {
    if (this.#come.length > 0) return Promise.resolve(this.#come.shift() as Order)
    return new Promise((resolve) => this.#waiting.push(resolve as (order: unknown) => void))
  }
}

async function run(orders: Orders, output: Output): Promise<void> {
  const job = await orders.next<ReaderJob>()
  const known: KnownArea[] = []
  for (;;) {
    const order = await orders.next<ReaderOrder>()
    if (order.kind === 'areas') known.push(...order.areas)
    else break
  }
  const street = (job.kind === 'check' ? job.request : job.choices).street?.split('=')[0] ?? null
  const bytes = watchedBytes(await fileBytes(job.file.path, job.file.name), signOfLife(output))
  const areas = new AreaIndex(known, street)
  if (job.kind === 'inspect') {
    await output.send({ kind: 'inspected', ...(await inspectFile(job, bytes, areas)) })
    return
  }
  let checking = await RowChecking.open(job, bytes, areas, output)
  await output.send({ kind: 'checked', checked: await checking.check() })
  let order = await orders.next<ReaderOrder>()
  if (order.kind === 'again') {
    checking = await RowChecking.open(job, bytes, areas, output, reportedRepeats(orders, output))
    await output.send({ kind: 'checked', checked: await checking.check() })
    order = await orders.next<ReaderOrder>()
  }
  if (order.kind === 'refused') await checking.reject(new Map<number, Label>(order.rows))
  await output.send({ kind: 'done' })
}

/** Says now and then that bytes are being read. */
function signOfLife(output: Output): () => void {
  let said = performance.now()
  return () => {
    const now = performance.now()
    if (now - said < pace) return
    said = now
    void output.send({ kind: 'alive' })
  }
}

function reportedRepeats(orders: Orders, output: Output): ReportedRepeats {
  return new ReportedRepeats(async () => {
    await output.send({ kind: 'more' })
    const order = await orders.next<ReaderOrder>()
    return order.kind === 'repeats' ? order.repeats : []
  })
}

// Ctrl-C goes to every process of a terminal: whoever started us decides what it means.
process.on('SIGINT', () => {})
const orders = new Orders()
const output = new Output(process.stdout)
void orders.listen()
try {
  await run(orders, output)
} catch (error) {
  if (error instanceof FileProblem) await output.send({ kind: 'problem', label: error.label })
  else {
    const { name, stack = '' } = error as Error
    const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
    await output.send({ kind: 'failed', name, at: frames.slice(0, 8).join('\n') })
  }
}
await output.drained()
process.exit()
