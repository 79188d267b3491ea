/**
 * `pnpm fuzz [<requests> [<seed>]]`: sends generated requests over the OpenAPI document to a running product with the
 * demo, 50,000 unless said otherwise, and fails on any 5xx but an honest 503, any stack trace, and any answer that takes
 * more than five seconds.
 */
import * as fc from 'fast-check'
import { startProduct } from '../setup/start-product.ts'
import { type GeneratedRequest, generateRequests } from './generate-requests.ts'
import { knownValues, uploadFile } from './known-values.ts'
import { type OpenapiDocument, operationsOf } from './openapi-operations.ts'
import { type Answer, faultOf, sendRequest } from './send-request.ts'

const [count = 50_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
/** Milliseconds. */
const longest = 5_000
const atOnce = 4

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

type Fault = { what: string; request: GeneratedRequest; answer: Answer }

// Everybody may do everything: what is refused reaches nothing that could fail.
const product = await startProduct({ environment: { SIGN_IN: 'off' } })
try {
  const { address } = product
  const document = (await (await fetch(`${address}/api/openapi.json`)).json()) as OpenapiDocument
  const requests = fc.sample(generateRequests(operationsOf(document), await knownValues(address)), {
    seed,
    numRuns: count,
  })
  say(`${count} 个请求 · requests, seed ${seed}`)
  const faults: Fault[] = []
  const statuses = new Map<string, number>()
  let slowest = 0
  let at = 0
  const work = async () => {
    // A file of its own for each line of work: what another discards is asked for no more.
    let file = await uploadFile(address)
    for (let index = at++; index < requests.length; index = at++) {
      const generated = requests[index]!
      if (index % 5000 === 0) say(`${index} …`)
      const request = { ...generated, target: generated.target.replace('{import}', file) }
      const answer = await sendRequest(address, request)
      statuses.set(String(answer?.status ?? 'closed'), (statuses.get(String(answer?.status ?? 'closed')) ?? 0) + 1)
      if (answer === undefined) continue
      slowest = Math.max(slowest, answer.milliseconds)
      const what = faultOf(answer) ?? (answer.milliseconds > longest ? 'slow' : undefined)
      if (what !== undefined) faults.push({ what, request, answer })
      if (answer.status === 404 && generated.target.includes('{import}')) file = await uploadFile(address)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  say(JSON.stringify(Object.fromEntries([...statuses].toSorted(([a], [b]) => a.localeCompare(b)))))
  say(`最慢 · Slowest: ${(slowest / 1000).toFixed(2)} s`)
  for (const { what, request, answer } of faults.slice(0, 100))
    say(
      `${what}, ${(answer.milliseconds / 1000).toFixed(2)} s: ${JSON.stringify(request).slice(0, 600)}\n  ${answer.body.slice(0, 300)}`,
    )
  say(faults.length === 0 ? '没有问题 · No faults' : `${faults.length} 个问题 · faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await product.stop()
}
