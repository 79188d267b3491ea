import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { attacks, type AttackName } from './attacks.ts'

/** Attacks from a process of its own until it is stopped; then the answers that it got, by status. */
export function spawnAttack(attack: AttackName, address: string): { stop: () => Promise<Record<string, number>> } {
  const child = spawn(process.execPath, [import.meta.filename, attack, address], { stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const closed = once(child, 'close')
  const stop = async () => {
    child.stdin.end()
    await closed
    return JSON.parse(output) as Record<string, number>
  }
  return { stop }
}

/** That process: attacks until its input ends, then prints the answers that it got. */
async function attackUntilStopped(attack: AttackName, address: string): Promise<void> {
  const answers: Record<string, number> = {}
  const note = (status: string | number) => (answers[status] = (answers[status] ?? 0) + 1)
  const stop = new AbortController()
  process.stdin.resume().once('end', () => {
    stop.abort()
    process.stdout.write(JSON.stringify(answers), () => process.exit(0))
  })
  await attacks[attack]({ address: new URL(address), note, stop: stop.signal })
}

if (import.meta.main) {
  const [attack = '', address = ''] = process.argv.slice(2)
  await attackUntilStopped(attack as AttackName, address)
}
