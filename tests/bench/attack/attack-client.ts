/** `attack-client.ts <attack> <address>`: attacks until its input ends, then prints the answers that it got, by status. */
import { attacks, type AttackName } from './attacks.ts'

const [name = '', address = ''] = process.argv.slice(2)
const answers: Record<string, number> = {}
const note = (status: string | number) => (answers[status] = (answers[status] ?? 0) + 1)
const stop = new AbortController()
process.stdin.resume().once('end', () => {
  stop.abort()
  process.stdout.write(JSON.stringify(answers), () => process.exit(0))
})
await attacks[name as AttackName]({ address: new URL(address), note, stop: stop.signal })
