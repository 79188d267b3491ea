import { expect, test } from 'vitest'
import { readChat } from './chat-report.ts'

test('who speaks first reports, and what others add stands behind it', () => {
  const chat = `12栋502-李梅 2026/11/27 10:22
@所有人 望澜路12号楼上一直漏水，天花板都鼓包了[图片]
找了好几次没人管，我电话13800138000

王晓 2026/11/27 10:25
我家也漏 [表情]
12栋502-李梅 10:31
请社区尽快来看看`
  expect(readChat(chat)).toEqual({
    text: '望澜路12号楼上一直漏水，天花板都鼓包了\n找了好几次没人管，我电话\n请社区尽快来看看\n群成员补充：我家也漏',
    place: '望澜路12号',
    name: '李梅',
    phone: '13800138000',
  })
})

test('names before a colon are speakers, and labels are not', () => {
  expect(readChat('孙晓：路灯不亮，晚上出行不便\n地址：春晖路6号\n电话：027-87654321\n赵敏: 同意')).toEqual({
    text: '路灯不亮，晚上出行不便\n地址：春晖路6号\n电话：\n群成员补充：同意',
    place: '春晖路6号',
    name: '孙晓',
    phone: '027-87654321',
  })
})

test('a text without speakers is the report itself', () => {
  expect(readChat('  小区门口占道经营，下午 17:30 最严重\n')).toEqual({
    text: '小区门口占道经营，下午 17:30 最严重',
    place: '',
    name: '',
    phone: '',
  })
  expect(readChat('')).toEqual({ text: '', place: '', name: '', phone: '' })
})

test('the house of a nickname is the place where none is named', () => {
  expect(readChat('下午 3:05 3栋1单元-周强\n电梯又停了')).toEqual({
    text: '电梯又停了',
    place: '3栋1单元',
    name: '周强',
    phone: '',
  })
})

test('a time within a sentence and the address of a page are no speakers, and no number stays in the text', () => {
  const chat =
    '李梅 10:22\n每天凌晨2:00施工，https://example.org 有视频\n王晓 10:25\n我是13900139000，可以作证\nhttps://example.org/2'
  expect(readChat(chat)).toEqual({
    text: '每天凌晨2:00施工，https://example.org 有视频\n群成员补充：我是，可以作证\n群成员补充：https://example.org/2',
    place: '',
    name: '李梅',
    phone: '13900139000',
  })
})
