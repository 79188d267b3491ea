import { basename, extname } from 'node:path'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { commandActor } from '../access/actor.ts'
import { importFile } from '../imports/apply/import-file.ts'
import { importCollections, type ImportCollection } from '@minqing/data/domain/import'
import { RejectFile } from '../imports/apply/reject-file.ts'
import { describe } from '../imports/apply/report.ts'
import { addressIn } from './account-arguments.ts'
import { defineCommand, UsageError, type CommandContext, type ExitCode } from './command.ts'

export const importCommand = defineCommand({
  name: 'import',
  summary: { zh: '导入自己的数据（表格和地理数据）', en: 'Import your own data (tables and geodata)' },
  help: `用法 · Usage
  minqing import <collection> <file> [options]

  collection   areas | streets | communities | grids | buildings | incidents | facilities | base
               base 是底图（道路、水系、绿地、地名、门牌）· base is what the base map is drawn from
  file         Excel（.xlsx、.xls）、ODS、CSV、网页表格、GeoJSON、Shapefile（.shp 或 .zip）、GeoPackage、KML/KMZ、OSM（.osm、.osm.pbf）

  --crs <坐标系>        wgs84 | cgcs2000 | gcj02 | bd09 | EPSG:4547 …   坐标系 · coordinate system of the file
  --encoding <编码>     utf-8 | gb18030 | utf-16le | utf-16be | big5   不写则自动识别 · detected when left out
  --sheet <工作表>      只读这张工作表；不写则读最像台账的，及与它表头相同的 · this sheet alone; by default the best, and those like it
  --layer <图层>        地理数据的图层名，文件里有多个时必填 · layer of a GIS file, needed where it has several
  --header-row <行>     列名所在的行，例 3；两级表头写 2-3 · row of the column names, or rows of a two-level header
  --delimiter <符号>    CSV 的分隔符，例 ; 或 tab，不写则自动识别 · detected when left out
  --time-zone <时区>    例 Asia/Shanghai（默认）· zone of times without an offset
  --street <编码[=名称]> 没有编码的行所属街道，9 位 · the sub-district that rows without a code belong to; made when missing
  --new-street         --street 的编码还不存在时确认新建 · confirm that the sub-district of --street, whose code is not known yet, is to be made
  --map 字段=列名        手工指定列，可多次 · say by hand which column a field is in; repeat as needed
  --set 字段=值          没有该列时每行都取此值 · a value for every row that has none
  --ignore 列名          不导入这一列，可多次 · leave a column out; repeat as needed
  --word 列=词=值        文件里的词是什么意思，例 状态=已转办=待签收；列名、字段名都可以，可多次 · what a word of the file means,
                       below a column or a field; repeat as needed
  --place 地址=目标      没有坐标的行按地址定位；地址有歧义时说明指哪里：楼栋或区域编码、已知地址，- 表示不定位；会记住
                       rows without a position are placed by address; says what an unclear one means: code of a building or
                       area, a known address, - for nowhere; remembered for later files of the sub-district
  --source <名称>       来源名，默认文件名；同一来源再次导入会更新，文件没有的列保持原值 · name of the source, by default
                       the file's; importing it again updates its records in the columns that the file has
  --dry-run            只检查和计数，不写入 · check and count, write nothing
  --skip-invalid       有被拒绝的行时仍导入其余的行 · import the other rows although some are rejected
  --rejects <文件>      被拒绝的行写到这里 · where rejected rows go (default: <file>.rejects.<ext> in the current folder)
  --progress           显示进度（终端中默认显示）· show progress (the default in a terminal)
  --json               以 JSON 输出结果 · print the result as JSON

  退出码 · exit code: 0 全部接受 all accepted, 1 有行被拒绝 some rejected, 2 无法执行 could not run

例 · Example
  minqing import incidents 工单.csv --crs gcj02 --map title=诉求标题 --dry-run`,
  options: {
    crs: { type: 'string' },
    encoding: { type: 'string' },
    sheet: { type: 'string' },
    layer: { type: 'string' },
    'header-row': { type: 'string' },
    delimiter: { type: 'string' },
    'time-zone': { type: 'string' },
    street: { type: 'string' },
    'new-street': { type: 'boolean' },
    map: { type: 'string', multiple: true },
    set: { type: 'string', multiple: true },
    ignore: { type: 'string', multiple: true },
    word: { type: 'string', multiple: true },
    place: { type: 'string', multiple: true },
    source: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'skip-invalid': { type: 'boolean' },
    rejects: { type: 'string' },
    progress: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async (context, { values, positionals }) => {
    const [collection, file, ...rest] = positionals
    if (collection === undefined || file === undefined || rest.length > 0)
      throw new UsageError(
        'minqing import <collection> <file>：需要一个集合和一个文件 · needs one collection and one file',
      )
    try {
      const path = context.path(file)
      const extension = extname(file)
      const rejectFormat = rejectExtension(extension)
      const rejects = new RejectFile(
        context.path(values.rejects ?? `${basename(file, extension)}.rejects${rejectFormat}`),
      )
      const {
        'time-zone': timeZone,
        sheet,
        delimiter,
        crs,
        encoding,
        street,
        source,
        map,
        set,
        place,
        ignore,
        word,
      } = values
      const header = headerRows(values['header-row'])
      const report = await importFile(
        await context.database(),
        { path, name: basename(path) },
        {
          collection: collectionOf(collection),
          layer: values.layer ?? sheet,
          ...header,
          delimiter,
          crs,
          encoding,
          timeZone,
          street,
          ...(values['new-street'] === true ? { newStreet: street?.split('=')[0] } : {}),
          source,
          map,
          set,
          ignore,
          words: word,
          place,
        },
        {
          dryRun: values['dry-run'] === true,
          skipInvalid: values['skip-invalid'] === true,
          rejects,
          drawTo: rejects.path.replace(/\.rejects(\.[^.]+)?$/, ''),
          actor: commandActor(),
          signal: context.signal,
          onProgress: values.progress === true || process.stderr.isTTY ? progressOn(context) : () => {},
        },
      )
      if (values.json === true) context.out(JSON.stringify(report))
      else for (const line of describe(report)) context.out(line)
      if (report.written) await offerFirstLink(context)
      return report.rejected > 0 ? 1 : 0
    } catch (error) {
      return failed(context, error)
    }
  },
})

/** What was imported is shown to nobody until there is an account. */
async function offerFirstLink({ config, database, report }: CommandContext): Promise<void> {
  if (!config.signIn) return
  const opened = await database()
  // Not in memory while the file is read.
  const [{ describeFirstLink, makeFirstLink }, { readSetupStage }] = await Promise.all([
    import('../accounts/first-account.ts'),
    import('../accounts/setup-stage.ts'),
  ])
  if ((await readSetupStage(opened)).kind !== 'first_account') return
  const link = await makeFirstLink(opened, new Date())
  if (link !== undefined) for (const line of describeFirstLink(addressIn(config), link)) report(line)
}

/** Rejected rows of a workbook come as CSV, which every spreadsheet program opens; those of geodata as GeoJSON. */
function rejectExtension(extension: string): string {
  if (/^\.(xls[xm]?|ods|html?)$/i.test(extension)) return '.csv'
  return /^\.(shp|dbf|zip|gpkg|kml|kmz|osm|pbf)$/i.test(extension) ? '.geojson' : extension
}

function collectionOf(name: string): ImportCollection {
  const collection = importCollections.find((candidate) => candidate === name)
  if (collection !== undefined) return collection
  throw new FileProblem(
    `没有集合“${name}”。可用：${importCollections.join('、')}`,
    `There is no collection “${name}”. Use one of ${importCollections.join(', ')}`,
  )
}

/** `3`, or `2-3` for names that stand in two rows. */
function headerRows(text: string | undefined): { headerRow?: number; headerRows?: number } {
  if (text === undefined) return {}
  const match = /^([1-9]\d{0,5})(?:[-–~]([1-9]\d{0,5}))?$/.exec(text.trim())
  const first = Number(match?.[1])
  const last = Number(match?.[2] ?? first)
  if (match !== null && last >= first && last - first < 10) return { headerRow: first, headerRows: last - first + 1 }
  throw new FileProblem(
    `--header-row ${text}：应写成行号，例如 3，两级表头写 2-3`,
    `--header-row ${text}: should be a row's number, e.g. 3, or 2-3 for a header of two rows`,
  )
}

/** At most twice a second: how much has been read. */
function progressOn(context: CommandContext) {
  let last = 0
  return ({ bytes, size, rows }: { bytes: number; size: number; rows: number }) => {
    const now = performance.now()
    if (now - last < 500) return
    last = now
    context.report(`${Math.round((bytes / Math.max(size, 1)) * 100)}% · ${rows.toLocaleString('en')} 行 rows`)
  }
}

/** What went wrong with the file or the options is said; anything else is a fault of ours and goes on up. */
function failed(context: CommandContext, error: unknown): ExitCode {
  if (context.signal.aborted) {
    context.report('已取消，没有写入任何数据 · Cancelled, nothing was written')
    return 2
  }
  if (!(error instanceof FileProblem)) throw error
  context.report(error.message)
  return 2
}
