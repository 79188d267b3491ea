import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { AttackName } from './attacks.ts'

/** Attacks from a process of its own until it is stopped; then the answers that it got, by status. */
export function spawnAttack(attack: AttackName, address: string): { stop: () => Promise<Record<string, number>> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'attack-client.ts'), attack, address], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
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
