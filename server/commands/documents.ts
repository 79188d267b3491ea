import { commandActor } from '../access/actor.ts'
import { recordAs } from '../audit/append-audit.ts'
import { checkFiles, copyFiles, type FileFault, tidyFiles } from '../documents/check-files.ts'
import { DocumentFiles, documentFolder } from '../documents/document-files.ts'
import { type CommandContext, defineCommand, type ExitCode, UsageError } from './command.ts'

export const documentsCommand = defineCommand({
  name: 'documents',
  summary: { zh: '核对、备份、恢复案件材料的文件', en: 'Check, save and restore the files of documents' },
  help: `用法 · Usage
  minqing documents check            核对每份材料的文件 · checks the file of each document
  minqing documents save <目录 folder>     把文件复制到备份目录，已有的不再复制 · copies the files into a backup, those alone that it lacks
  minqing documents restore <目录 folder>  从备份目录补回缺失或损坏的文件 · brings missing and damaged files back from it
  minqing documents tidy             删除已无事件引用的文件 · removes files that no incident names

备份时先备份数据库，再 save；恢复时先恢复数据库，再 restore
Back up the database first and then save; restore the database first and then the files

退出码 · exit code: 0 全部齐备 all are there, 1 有文件缺失或损坏 some are missing or damaged`,
  options: {},
  run: async (context, { positionals }) => {
    const [what, folder, ...rest] = positionals
    const own = new DocumentFiles(documentFolder(context.config.dataDirectory))
    if (rest.length === 0 && folder === undefined) {
      if (what === 'check') return check(context, own)
      if (what === 'tidy') return tidy(context, own)
    } else if (rest.length === 0 && folder !== undefined) {
      const other = new DocumentFiles(context.path(folder))
      if (what === 'save') return copy(context, own, other)
      if (what === 'restore') return copy(context, other, own)
    }
    throw new UsageError('minqing documents check | save <目录> | restore <目录> | tidy')
  },
})

async function check(context: CommandContext, files: DocumentFiles): Promise<ExitCode> {
  const { documents, faults, unnamed } = await checkFiles(await context.database(), files)
  report(context, faults)
  if (unnamed.length > 0)
    context.out(
      `${unnamed.length} 个文件没有事件引用，可用 minqing documents tidy 删除 · files that no incident names; minqing documents tidy removes them`,
    )
  context.out(`${documents} 份材料，${faults.length} 份文件缺失或损坏 · documents, missing or damaged`)
  return faults.length === 0 ? 0 : 1
}

async function copy(context: CommandContext, from: DocumentFiles, to: DocumentFiles): Promise<ExitCode> {
  const { documents, copied, faults } = await copyFiles(await context.database(), from, to)
  report(context, faults)
  context.out(
    `${documents} 份材料，复制 ${copied} 份，${faults.length} 份文件缺失或损坏 · documents, copied, missing or damaged`,
  )
  return faults.length === 0 ? 0 : 1
}

async function tidy(context: CommandContext, files: DocumentFiles): Promise<ExitCode> {
  const database = await context.database()
  const removed = await tidyFiles(database, files, context.now())
  const audited = { action: 'forget', object: 'document' } as const
  if (removed > 0) await recordAs(database, commandActor(), audited, 'done', { files: removed })
  context.out(`删除 ${removed} 个文件 · files removed`)
  return 0
}

function report(context: CommandContext, faults: readonly FileFault[]): void {
  for (const { street, number, id } of faults)
    context.out(`街道 ${street} 事件 ${number} 的材料 ${id}：文件缺失或已损坏 · its file is missing or damaged`)
}
