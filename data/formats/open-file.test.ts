import { describe, expect, it } from 'vitest'
import { describeFile, openFile } from './open-file.ts'
import { allRows, inMemory } from './test-data.ts'

const open = (name: string, content: string | Uint8Array, choices = {}) => openFile(inMemory(name, content), choices)

describe('opening a file', () => {
  it('goes by the content, and by the name where that proves nothing', async () => {
    expect((await open('工单.xls', '编号,标题\n1,甲\n')).format).toBe('csv')
    expect((await open('网格', '{"type":"FeatureCollection","features":[]}')).format).toBe('geojson')
    expect((await open('utf16', Buffer.from('\ufeff{"type":"Point"}', 'utf16le'))).format).toBe('geojson')
    expect((await open('data.csv', '{a},b\n1,2\n')).format).toBe('csv')
  })

  it.each([
    ['旧.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /另存为“Excel 工作簿/],
    ['网页.xls', '<html xmlns:x="urn:x"><table><tr><td>1</td></tr></table></html>', /网页/],
    ['表.xml', '<?xml version="1.0"?><?mso-application?><Workbook xmlns="urn:s"/>', /另存为/],
    ['物.xml', '<?xml version="1.0"?><thing/>', /KML/],
    ['照片.csv', Buffer.from('89504e470d0a1a0a', 'hex'), /图片/],
    ['文档.csv', '%PDF-1.4', /PDF/],
    ['包.gz', Buffer.from('1f8b0800', 'hex'), /gzip/],
  ])('refuses %s with a sentence', async (name, content, sentence) => {
    await expect(open(name, content)).rejects.toThrow(sentence)
  })

  it('takes the encoding that was said', async () => {
    const source = await open('旧.csv', Buffer.from('a6d1b8a12cbcd0c3440a', 'hex'), { encoding: 'big5' })
    expect(source.columns).toEqual(['老腹', '標題'])
    expect(await allRows(source)).toEqual([])
    await expect(open('a.csv', 'a\n1\n', { encoding: 'klingon' })).rejects.toThrow(/klingon/)
  })
})

describe('describing a file', () => {
  it('shows each column with its first values', async () => {
    expect(await describeFile(inMemory('a.csv', '编号,标题\n1,甲\n2,甲\n3,乙\n'))).toMatchObject({
      format: 'csv',
      encoding: 'utf-8',
      columns: [
        { name: '编号', samples: ['1', '2', '3'] },
        { name: '标题', samples: ['甲', '乙'] },
      ],
    })
  })
})
