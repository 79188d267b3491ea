import type { Command } from './command.ts'

/**
 * The commands of `minqing`, by name. Each is loaded when called (or when all are listed), so that a light one does not
 * wait for the libraries of a heavy one.
 */
export const commands: Record<string, () => Promise<Command>> = {
  audit: async () => (await import('./audit.ts')).auditCommand,
  check: async () => (await import('./database.ts')).checkCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  documents: async () => (await import('./documents.ts')).documentsCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  exports: async () => (await import('./exports.ts')).exportsCommand,
  import: async () => (await import('./import.ts')).importCommand,
  imports: async () => (await import('./imports.ts')).importsCommand,
  migrate: async () => (await import('./database.ts')).migrateCommand,
  postgis: async () => (await import('./database.ts')).postgisCommand,
  token: async () => (await import('./token.ts')).tokenCommand,
  undo: async () => (await import('./undo.ts')).undoCommand,
  user: async () => (await import('./user.ts')).userCommand,
}
