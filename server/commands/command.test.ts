import { expect, test } from 'vitest'
import { type CommandContext, defineCommand, UsageError } from './command.ts'

const seen: unknown[] = []
const command = defineCommand({
  name: 'import',
  summary: { zh: '导入', en: 'Import' },
  help: 'minqing import',
  options: { map: { type: 'string', multiple: true }, 'dry-run': { type: 'boolean' } },
  run: async (_context, { values, positionals }) => {
    seen.push([values.map, values['dry-run'], positionals])
    return 0
  },
})

test('a command gets its own options parsed, and the shared ones apart', async () => {
  const prepared = command.prepare(['grids', '--map', 'a=b', '--data-dir', 'x', '--map', 'c=d', 'file', '--dry-run'])
  expect(prepared.shared).toEqual({ 'data-dir': 'x', 'as-of': undefined })
  expect(prepared.wantsHelp).toBe(false)
  expect(await prepared.run({} as CommandContext)).toBe(0)
  expect(seen).toEqual([[['a=b', 'c=d'], true, ['grids', 'file']]])
})

test('help is asked for in both ways', () => {
  expect(command.prepare(['-h']).wantsHelp).toBe(true)
  expect(command.prepare(['grids', '--help']).wantsHelp).toBe(true)
})

test('an unknown option is refused', () => {
  expect(() => command.prepare(['--wat'])).toThrow(UsageError)
})
