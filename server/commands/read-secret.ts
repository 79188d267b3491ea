import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import type { ReadStream } from 'node:tty'

/**
 * A line that is not shown while it is typed; where the input is no terminal, its first line.
 *
 * @returns undefined where there is no input.
 */
export async function readSecret(
  input: Readable & Partial<Pick<ReadStream, 'isTTY' | 'setRawMode'>>,
  output: Writable,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (input.isTTY !== true) return firstLine(input)
  // readline writes what is typed to its output: there is none while the terminal is asked.
  const lines = createInterface({ input, terminal: true })
  // Ctrl-C is only a key to a terminal that is read in this way.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  output.write(`${question} `)
  try {
    return await lines.question('', { signal })
  } finally {
    lines.close()
    output.write('\n')
  }
}

async function firstLine(input: Readable): Promise<string | undefined> {
  const lines = createInterface({ input })
  const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string?]
  lines.close()
  return line
}
