import { describe, expect, it } from 'vitest'
import { FileProblem } from '../file-problem.ts'
import { readXml } from './xml.ts'

async function events(content: string | Uint8Array, piece = 5, maximumText?: number): Promise<string[]> {
  const found: string[] = []
  const bytes = Buffer.from(content as string)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  }
  const handler = {
    open: (name: string, attributes: Readonly<Record<string, string>>) =>
      void found.push(`<${name} ${JSON.stringify(attributes)}`),
    text: (text: string) => void found.push(text),
    close: (name: string) => void found.push(`/${name}`),
  }
  for await (const _ of readXml(pieces(), handler, 'x.xml', maximumText));
  return found
}

describe('readXml', () => {
  it('finds elements without prefixes, text and its five entities, cut anywhere', async () => {
    const xml = '<?xml version="1.0"?><x:a n="1&amp;2"><b>甲&lt;乙</b><![CDATA[<c>]]></x:a>'
    for (const piece of [1, 3, 100])
      expect(await events(xml, piece)).toEqual(['<a {"n":"1&2"}', '<b {}', '甲<乙', '/b', '<c>', '/a'])
  })

  it('follows the byte-order mark and the declaration', async () => {
    expect(await events(Buffer.from('\ufeff<a>甲</a>', 'utf16le'), 1000)).toEqual(['<a {}', '甲', '/a'])
    const gbk = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="GBK"?><a>'),
      Buffer.from([0xbc, 0xd7]),
      Buffer.from('</a>'),
    ])
    expect(await events(gbk, 1000)).toEqual(['<a {}', '甲', '/a'])
  })

  it('counts the attributes of each element by itself', async () => {
    const xml = `<a>${'<b c="1" d="2"/>'.repeat(600)}</a>`
    expect((await events(xml, 1000)).filter((event) => event === '<b {"c":"1","d":"2"}')).toHaveLength(600)
  })

  const lol = '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;">]><a>&y;</a>'
  it.each([
    ['a document type', lol, /DOCTYPE/],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', /DOCTYPE/],
    ['an unknown entity', '<a>&lol;</a>', /格式有误/],
    ['unclosed elements', '<a><b></a>', /格式有误/],
    ['an early end', '<a><b>', /格式有误/],
    ['no element', 'abc', /格式有误/],
    ['wrong bytes', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe]), /编码有误/],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><a/>', /编码有误/],
    ['endless depth', '<a>'.repeat(300), /嵌套/],
    [
      'endless attributes',
      `<a ${Array.from({ length: 1_001 }, (_, at) => `a${at}="1"`).join(' ')}/>`,
      /属性超过 1000 个/,
    ],
    ['endless text', `<a>${'x'.repeat(300_000)}</a>`, /过长/],
    ['an endless attribute', `<a b="${'x'.repeat(300_000)}"/>`, /过长/],
    ['an endless comment', `<a><!--${'x'.repeat(300_000)}--></a>`, /过长/],
  ])('refuses %s', async (_, xml, sentence) => {
    await expect(events(xml, 1000, 100_000)).rejects.toThrow(sentence)
    await expect(events(xml, 1000, 100_000)).rejects.toThrow(FileProblem)
  })
})
