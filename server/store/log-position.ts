/** A place in PostgreSQL's write-ahead log, `16/B374D848` as a number that can be compared. */
export type LogPosition = bigint

const pattern = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i

/** Undefined where the text is no position. */
export function parsePosition(text: string): LogPosition | undefined {
  const [, high, low] = pattern.exec(text) ?? []
  return high === undefined || low === undefined ? undefined : (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

export function writePosition(position: LogPosition): string {
  return `${(position >> 32n).toString(16)}/${(position & 0xffffffffn).toString(16)}`.toUpperCase()
}
