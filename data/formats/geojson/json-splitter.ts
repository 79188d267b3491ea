import { FileProblem } from '../file-problem.ts'
import { limits } from '../source-row.ts'

/** What a splitter finds: a member of a top-level object, the beginning and each element of its `features`, the object's end. */
export type JsonPart =
  | { kind: 'member'; name: string; text: string; line: number }
  | { kind: 'feature'; text: string; line: number }
  | { kind: 'features'; line: number }
  | { kind: 'object'; line: number }

type State = 'outside' | 'name' | 'colon' | 'value' | 'after-value' | 'feature' | 'after-feature'

/**
 * Cuts JSON text that arrives in pieces at the joints of GeoJSON: one object or many (newline-delimited, RFC 8142),
 * and inside them the elements of `features`, so that a file of any size is parsed feature by feature.
 *
 * It finds where values begin and end; whether they are valid JSON is for `JSON.parse` to say.
 */
export class JsonSplitter {
  #text = ''
  #at = 0
  #line = 1
  #state: State = 'outside'
  #first = true
  #objectLine = 1
  #name = ''
  /** The value being read: where it began in this piece, the pieces before, how deep we are in it, whether inside a string. */
  #start = -1
  #startLine = 1
  #before: string[] = []
  #lengthBefore = 0
  #depth = 0
  #inString = false
  /** Whether a string was cut behind a backslash that escapes what comes next. */
  #escaping = false
  #parts: JsonPart[] = []

  push(piece: string): JsonPart[] {
    this.#text = piece
    this.#at = 0
    this.#parts = []
    this.#run()
    this.#hold()
    return this.#parts
  }

  /** @throws FileProblem when the text stops in the middle. */
  end(): void {
    if (this.#state !== 'outside' || this.#start !== -1)
      throw this.#problem('文件在中途结束', 'the file ends in the middle')
  }

  /** Keeps a value that goes on in the next piece. Each piece is looked at once: a long value would else be copied with every one. */
  #hold(): void {
    if (this.#start === -1) return
    this.#before.push(this.#text.slice(this.#start))
    this.#lengthBefore += this.#text.length - this.#start
    this.#start = 0
    if (this.#lengthBefore > limits.feature) throw tooLarge(this.#startLine)
  }

  #run(): void {
    while (this.#at < this.#text.length) {
      if (this.#start !== -1) {
        if (!this.#finishValue()) return
        continue
      }
      const code = this.#text.charCodeAt(this.#at)
      if (code === newline) this.#line++
      if (code === newline || code === 32 || code === 13 || code === 9) this.#at++
      else this.#step(code)
    }
  }

  #step(code: number): void {
    switch (this.#state) {
      case 'outside':
        if (code === recordSeparator) this.#at++
        else if (code === openBrace) {
          this.#objectLine = this.#line
          this.#enter('name', true)
        } else
          throw this.#problem(
            '这里应是一个 GeoJSON 对象 {…}。普通的 JSON 数据请另存为 Excel（.xlsx）或 CSV 后再导入',
            'a GeoJSON object {…} should begin here. Save other JSON as an Excel workbook (.xlsx) or CSV and import that',
          )
        return
      case 'name':
        if (code === quote) this.#begin()
        else if (code === closeBrace && this.#first) this.#closeObject()
        else throw this.#problem('这里应是成员名', 'a member name should stand here')
        return
      case 'colon':
        if (code !== colon) throw this.#problem('成员名之后缺少冒号', 'a colon is missing after a member name')
        this.#enter('value', true)
        return
      case 'value':
        if (this.#name === 'features' && code === openBracket) {
          this.#parts.push({ kind: 'features', line: this.#line })
          this.#enter('feature', true)
        } else this.#begin()
        return
      case 'after-value':
        if (code === comma) this.#enter('name', false)
        else if (code === closeBrace) this.#closeObject()
        else throw this.#problem('两个成员之间缺少逗号', 'a comma is missing between two members')
        return
      case 'feature':
        if (code === closeBracket && this.#first) this.#enter('after-value', true)
        else this.#begin()
        return
      case 'after-feature':
        if (code === comma) this.#enter('feature', false)
        else if (code === closeBracket) this.#enter('after-value', true)
        else throw this.#problem('两个要素之间缺少逗号', 'a comma is missing between two features')
    }
  }

  /** Past a joint, into a state; `first` allows an empty object or list. */
  #enter(state: State, first: boolean): void {
    this.#at++
    this.#state = state
    this.#first = first
  }

  #closeObject(): void {
    this.#parts.push({ kind: 'object', line: this.#objectLine })
    this.#enter('outside', true)
  }

  #begin(): void {
    this.#start = this.#at
    this.#startLine = this.#line
    this.#depth = 0
    this.#inString = false
  }

  /** Reads on to the end of the value; false when the text ends first. */
  #finishValue(): boolean {
    const text = this.#text
    while (this.#at < text.length) {
      if (this.#inString) {
        if (!this.#leaveString()) return false
        if (this.#depth === 0) return this.#take(this.#at)
        continue
      }
      const code = text.charCodeAt(this.#at)
      if (code === quote) this.#inString = true
      else if (code === openBrace || code === openBracket) this.#depth++
      else if (code === closeBrace || code === closeBracket) {
        if (this.#depth === 0) return this.#take(this.#at)
        if (--this.#depth === 0) return this.#take(this.#at + 1)
      } else if (code === newline || code === comma || code === colon || code === 32 || code === 13 || code === 9) {
        if (this.#depth === 0) return this.#take(this.#at)
        if (code === newline) this.#line++
      }
      this.#at++
    }
    return false
  }

  /** Past the string's closing quote; false when it has not arrived yet. */
  #leaveString(): boolean {
    const text = this.#text
    let from = this.#at + (this.#escaping ? 1 : 0)
    for (;;) {
      const quoteAt = text.indexOf('"', from)
      const end = quoteAt === -1 ? text.length : quoteAt
      let slashes = 0
      while (end - slashes > from && text.charCodeAt(end - 1 - slashes) === backslash) slashes++
      const escaping = slashes % 2 === 1
      if (quoteAt === -1) {
        this.#at = end
        // An empty rest settles nothing.
        if (end >= from) this.#escaping = escaping
        return false
      }
      from = quoteAt + 1
      if (escaping) continue
      this.#at = from
      this.#escaping = false
      this.#inString = false
      return true
    }
  }

  #take(end: number): boolean {
    const text = this.#before.join('') + this.#text.slice(this.#start, end)
    this.#before = []
    this.#lengthBefore = 0
    if (text === '') throw this.#problem('这里缺少一个值', 'a value is missing here')
    const line = this.#startLine
    this.#start = -1
    this.#at = end
    if (this.#state === 'name') {
      this.#name = parseName(text) ?? ''
      this.#state = 'colon'
    } else if (this.#state === 'value') {
      this.#parts.push({ kind: 'member', name: this.#name, text, line })
      this.#state = 'after-value'
    } else {
      this.#parts.push({ kind: 'feature', text, line })
      this.#state = 'after-feature'
    }
    return true
  }

  #problem(zh: string, en: string): FileProblem {
    return new FileProblem(`GeoJSON 第 ${this.#line} 行：${zh}`, `GeoJSON line ${this.#line}: ${en}`)
  }
}

function parseName(text: string): string | null {
  try {
    return JSON.parse(text) as string
  } catch {
    return null
  }
}

function tooLarge(line: number): FileProblem {
  return new FileProblem(
    `第 ${line} 行开始的要素超过 ${limits.feature / 1e6} 百万字符，无法处理。请拆分或简化它`,
    `The feature that begins on line ${line} is longer than ${limits.feature / 1e6} million characters: split or simplify it`,
  )
}

const newline = 10
const quote = 34
const comma = 44
const colon = 58
const openBracket = 91
const backslash = 92
const closeBracket = 93
const openBrace = 123
const closeBrace = 125
const recordSeparator = 30
