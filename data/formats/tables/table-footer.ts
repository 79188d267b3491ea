import type { Label } from '../../domain/label.ts'
import { isFilled, type Merge, type TableRow, isSequence } from './table-header.ts'

const kinds = ['total', 'footer', 'section', 'numbered', 'heading', 'ordinals', 'example'] as const
type Kind = (typeof kinds)[number]

const what: Record<Kind, Label> = {
  total: { zh: '合计行', en: 'totals' },
  footer: { zh: '表尾的说明', en: 'notes below the table' },
  section: { zh: '分段标题', en: 'headings between rows' },
  numbered: { zh: '只有序号的空行', en: 'rows with nothing but a number' },
  heading: { zh: '重复的表头', en: 'repeated column names' },
  ordinals: { zh: '列的编号', en: 'numbers of the columns' },
  example: { zh: '填写示例', en: 'examples of how to fill it in' },
}

const totals =
  /^(?:本[页月季年周日]|全[街区年市]|累|总)?(?:合计|总计|小计|共计|总数|总和|subtotal|grandtotal|total)[:：]?(?:[\d,.]+[件条户人起个例]?)?$/i
const footerWords =
  /^(?:填表|填报|制表|审核|审批|复核|统计|编制|打印|导出|报送|负责|联系|上报)(?:人|单位|部门|日期|时间|负责人|电话)?(?:签字|签名)?[:：]|^(?:备注|附注|注|说明|单位负责人|分管领导|主要负责人|数据来源|note|source|remark)s?[:：]|^[※*]/i
const examples = /^(?:填写|填报)?(?:示例|样例|范例|举例)(?:\d{0,2}|[:：].*)$/
/** `丹北社区小计`, `合计（件）`: above numbers alone. */
const sums = /^.{0,12}(?:合计|小计|总计|共计)(?:\(.{1,6}\))?[:：]?$/
/** The characters with which such a row can begin: nearly every row is done with after one look. */
const beginnings = new Set('合总小共本全累填制审复统编打导报负联上备附注说单分主数nsrtg※*')

/**
 * Separates the rows about a table from the rows of it: totals, who filled it in, headings between. What is left
 * out is counted and named; a row of which this is not certain stays and is for the person to judge.
 */
export class TableFooter {
  readonly #names: readonly string[]
  readonly #sequence: boolean[]
  /** The first line below the names. */
  readonly #below: number
  readonly #wide: ReadonlySet<number>
  readonly #left = new Map<Kind, { count: number; lines: string[] }>()

  /** @param merges joined cells: one over most of the width is a heading, no record */
  constructor(header: readonly TableRow[], columns: readonly string[], merges: readonly Merge[]) {
    const last = header.at(-1)?.cells ?? []
    this.#names = columns.map((_, index) => textOf(last[index]))
    this.#sequence = columns.map(isSequence)
    this.#below = (header.at(-1)?.line ?? 0) + 1
    this.#wide = new Set(
      merges
        .filter(({ left, right }) => columns.length >= 3 && right - left + 1 > columns.length / 2)
        .map(({ top }) => top),
    )
  }

  /** What a row is, if not one of the table: 'blank', its kind, or 'single', which is for what follows to decide. */
  judge({ line, cells }: TableRow): Kind | 'blank' | 'single' | null {
    const first = nextFilled(cells, 0)
    if (first === -1) return 'blank'
    const second = nextFilled(cells, first + 1)
    const width = this.#names.length
    const text = cells[first]
    if (second === -1) {
      if (this.#sequence[first] === true && width > 1 && isNumber(text)) return 'numbered'
      // Notes after a table, as our own exports write them.
      if (width > 1 && cells.length === 1 && typeof text === 'string' && text.startsWith('# ')) return 'footer'
      if (width < 3 || typeof text !== 'string') return null
      if (this.#wide.has(line)) return 'section'
      return about(text) ?? (/^[\d\s.-]+$/.test(text) ? null : 'single')
    }
    if (typeof text === 'string' && text.trim() === this.#names[first] && this.#repeatsHeader(cells)) return 'heading'
    if (line === this.#below && numbersColumns(cells)) return 'ordinals'
    if (typeof text === 'string' && text.length < 40 && examples.test(text.trim())) return 'example'
    for (const index of [first, second]) {
      const cell = cells[index]
      if (typeof cell !== 'string' || cell.length > 200) continue
      const isSum = cell.includes('计') && sums.test(cell.normalize('NFKC').replaceAll(/\s/g, ''))
      if (!isSum && !beginnings.has(cell.trimStart().charAt(0).toLowerCase())) continue
      const kind = isSum ? 'total' : about(cell)
      if (kind === 'total' && cells.every((other, at) => at <= index || !isFilled(other) || isNumber(other)))
        return kind
      if (kind === 'footer' && index === first && width >= 3 && cells.filter(isFilled).length <= Math.max(2, width / 2))
        return kind
    }
    return null
  }

  /** Notes that a row was left out, in the words it begins with. */
  leaveOut(kind: Kind, { line, cells }: TableRow): void {
    const left = this.#left.get(kind) ?? { count: 0, lines: [] }
    this.#left.set(kind, left)
    left.count++
    if (left.lines.length < 3) left.lines.push(`${line}（${excerpt(textOf(cells[nextFilled(cells, 0)]))}）`)
  }

  /** What was left out, for the person to see. */
  notes(): Label[] {
    return kinds.flatMap((kind) => {
      const left = this.#left.get(kind)
      if (left === undefined) return []
      const more = left.count > left.lines.length
      const lines = left.lines.join('、')
      return {
        zh: `未导入${what[kind].zh} ${left.count} 行：第 ${lines}${more ? ' …' : ''} 行`,
        en: `Left out ${left.count} ${what[kind].en}: row ${lines}${more ? ' …' : ''}`,
      }
    })
  }

  #repeatsHeader(cells: readonly unknown[]): boolean {
    return this.#names.every((name, index) => textOf(cells[index]) === name)
  }
}

/** Statistical forms count their columns below the names: 1, 2, 3, … or 甲, 乙, 1, 2, … */
function numbersColumns(cells: readonly unknown[]): boolean {
  const filled = cells.filter(isFilled).map(textOf)
  const letters = filled.findIndex((text, index) => text !== '甲乙丙丁戊己庚辛'.charAt(index))
  if (filled.length < 4 || letters === -1) return filled.length >= 4
  return filled.slice(letters).every((text, index) => text === String(index + 1) || text === `(${index + 1})`)
}

function about(text: string): 'total' | 'footer' | null {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '')
  if (totals.test(plain)) return 'total'
  return footerWords.test(plain) ? 'footer' : null
}

function nextFilled(cells: readonly unknown[], from: number): number {
  for (let index = from; index < cells.length; index++) if (isFilled(cells[index])) return index
  return -1
}

function isNumber(cell: unknown): boolean {
  return typeof cell === 'number' || (typeof cell === 'string' && /^[\s\d.,%+-]+[件条户人起个例]?$/.test(cell))
}

function textOf(cell: unknown): string {
  return typeof cell === 'string' ? cell.trim() : cell === null || cell === undefined ? '' : JSON.stringify(cell)
}

function excerpt(text: string): string {
  return text.length <= 12 ? text : `${text.slice(0, 12).toWellFormed()}…`
}
