import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Label } from '@minqing/data/domain/label'
import { AreaBook, type KnownArea } from '../check/area-index.ts'
import { fileBytes } from './file-bytes.ts'
import { readFrames } from './frames.ts'
import { ToldRepeats } from '../check/repeats.ts'
import { RowChecking } from './check-rows.ts'
import { inspectFile } from './inspect-file.ts'
import type { ReaderJob, ReaderOrder } from './messages.ts'
import { Output } from './output.ts'
import { watchedBytes } from './watched-bytes.ts'

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
  const areas: KnownArea[] = []
  for (;;) {
    const order = await orders.next<ReaderOrder>()
    if (order.kind === 'areas') areas.push(...order.areas)
    else break
  }
  const street = (job.kind === 'check' ? job.request : job.choices).street?.split('=')[0] ?? null
  const bytes = watchedBytes(await fileBytes(job.file.path, job.file.name), signOfLife(output))
  const book = new AreaBook(areas, street)
  if (job.kind === 'inspect') {
    await output.say({ kind: 'inspected', ...(await inspectFile(job, bytes, book)) })
    return
  }
  let checking = await RowChecking.open(job, bytes, book, output)
  await output.say({ kind: 'checked', checked: await checking.check() })
  let order = await orders.next<ReaderOrder>()
  if (order.kind === 'again') {
    checking = await RowChecking.open(job, bytes, book, output, toldRepeats(orders, output))
    await output.say({ kind: 'checked', checked: await checking.check() })
    order = await orders.next<ReaderOrder>()
  }
  if (order.kind === 'refused') await checking.reject(new Map<number, Label>(order.rows))
  await output.say({ kind: 'done' })
}

/** Says now and then that bytes are being read. */
function signOfLife(output: Output): () => void {
  let said = performance.now()
  return () => {
    const now = performance.now()
    if (now - said < pace) return
    said = now
    void output.say({ kind: 'alive' })
  }
}

function toldRepeats(orders: Orders, output: Output): ToldRepeats {
  return new ToldRepeats(async () => {
    await output.say({ kind: 'more' })
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
  if (error instanceof FileProblem) await output.say({ kind: 'problem', label: error.label })
  else {
    const { name, stack = '' } = error as Error
    const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
    await output.say({ kind: 'failed', name, at: frames.slice(0, 8).join('\n') })
  }
}
await output.gone()
process.exit()
