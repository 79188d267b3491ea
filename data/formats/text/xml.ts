import { TextDecoder } from 'node:util'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { FileProblem } from '../file-problem.ts'
import type { Encoding } from '../../domain/file-format.ts'

/** What is found in a document, names without their prefix. */
export type XmlHandler = {
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

/** Nothing real is nested deeper (KML folders in folders come nearest). */
const maximumDepth = 200

/** Nothing real has more on one element than a few dozen. */
const maximumAttributes = 1_000

/**
 * Reads an XML document from its bytes, calling the handler as it goes. It yields after each piece, so that a caller
 * can hand on what its handler has gathered. Entities beyond XML's own five do not exist here, and nothing is fetched.
 *
 * @param file how the file is called in a message
 * @param maximumText longest text or tag, in characters
 * @param said the encoding that a person has named: bytes that it does not know become U+FFFD
 * @throws FileProblem when it is not well-formed, declares a document type, or goes beyond the limits
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
  file: string,
  maximumText = 1_000_000,
  said: Encoding | null = null,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  let attributes = 0
  // Characters since something was last found: what the parser is holding back.
  let held = 0
  const problem = (zh: string, en: string, cause?: unknown) =>
    new FileProblem(`“${file}”的 XML ${zh}，无法读取`, `The XML of “${file}” ${en}`, { cause })
  parser.on('error', (error) => {
    throw problem('格式有误', `is not well-formed: ${error.message}`, error)
  })
  parser.on('doctype', () => {
    throw problem('带有 DOCTYPE 声明（可能夹带外部实体）', 'declares a DOCTYPE, which is refused')
  })
  parser.on('attribute', () => {
    if (++attributes > maximumAttributes)
      throw problem(
        `里有一个元素的属性超过 ${maximumAttributes} 个`,
        `holds an element with more than ${maximumAttributes} attributes`,
      )
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    held = 0
    attributes = 0
    if (++depth > maximumDepth) throw problem(`嵌套超过 ${maximumDepth} 层`, `is nested more than ${maximumDepth} deep`)
    handler.open?.(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    held = 0
    depth--
    handler.close?.(localName(tag.name))
  })
  const onText = (text: string) => {
    held = 0
    handler.text?.(text)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  for await (const text of decoded(bytes, said, problem)) {
    // A text is reported when its end is reached: until then it grows in the parser.
    for (let at = 0; at < text.length; at += 65_536) {
      const piece = text.slice(at, at + 65_536)
      held += piece.length
      parser.write(piece)
      if (held > maximumText + 65_536)
        throw problem('里有过长的文字或标签', `holds a text or a tag of more than ${maximumText} characters`)
    }
    yield
  }
  parser.close()
}

type Problem = (zh: string, en: string, cause?: unknown) => FileProblem

/** What a person has said, else UTF-8 unless a byte-order mark or the declaration says otherwise. */
async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  said: Encoding | null,
  problem: Problem,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  try {
    for await (const chunk of bytes) {
      decoder ??= new TextDecoder(said ?? encodingOf(chunk), { fatal: said === null })
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder?.decode() ?? ''
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause
    throw problem(
      '编码有误（KML 可用 --encoding utf-8 继续，有问题的要素会单独列为被拒绝的行）',
      'is not in the encoding it declares (of a KML, --encoding utf-8 rejects the broken features one by one)',
      cause,
    )
  }
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const declaration = Buffer.from(head.subarray(0, 200)).toString('latin1')
  return /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/.exec(declaration)?.[1] ?? 'utf-8'
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}
