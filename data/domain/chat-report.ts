/** What a report could be made of, from text that was copied out of a chat group. Empty where nothing was found. */
export type ChatReport = { text: string; place: string; name: string; phone: string }

type Message = { speaker: string; text: string }

/** `李梅 2026/11/27 10:22`, `李梅 10:22`, `2026年11月27日 10:22 李梅`: a line of its own before what was said. */
const date = String.raw`(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?(?:星期[一二三四五六日]\s*)?(?:上午|下午|晚上|凌晨|中午)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?`
const headerAfter = new RegExp(`^(?<speaker>\\S.{0,29}?)\\s+${date}$`)
const headerBefore = new RegExp(`^${date}\\s+(?<speaker>\\S.{0,29})$`)
/** `李梅：楼上漏水`; a time of day is no name, and no address of a page. */
const inline = /^(?<speaker>[^\s：:，。！？]{1,20})(?<!\d(?=[：:]\d))[：:](?!\/\/)\s*(?<text>\S.*)$/
/** What a chat says of itself, and pictures, which are not copied. */
const noise =
  /\[(?:图片|表情|动画表情|视频|语音|文件|链接|位置|[^[\]]{1,6})\]|@\S+\s?|“[^”]*”撤回了一条消息|撤回了一条消息/g
const telephone = /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)/
const telephones = new RegExp(telephone, 'g')
const address =
  /[\u4e00-\u9fff]{2,8}?(?:路|街|巷|里|小区|花园|苑|新村|村|院)\d{0,4}(?:号院|号楼(?![上下道])|号|栋|幢|弄)?(?:\d{1,3}(?:栋|幢|号楼|单元))*(?:\d{1,2}楼|\d{3,4}室?)?/
/** Of a nickname as groups ask for it: `12栋502-李梅`, `李梅(望澜路12号)`. */
const house = /\d{1,3}(?:栋|幢|号楼|号)(?:\d{1,2}单元)?(?:-?\d{3,4}室?)?/

/**
 * Reads a copied chat: the first who speaks reports, what others add stands behind it without their names, and number and
 * place are taken from what was said. Numbers do not stay in the text, which more people read than may see them. A text without speakers is the report itself. Nothing is guessed that is not in it:
 * a person reads and completes the draft.
 */
export function readChat(copied: string): ChatReport {
  const messages = messagesOf(copied)
  const reporter = messages[0]?.speaker ?? ''
  const [own, others] = [
    messages.filter(({ speaker }) => speaker === reporter),
    messages.filter(({ speaker }) => speaker !== reporter),
  ]
  const all = messages.map(({ text }) => text).join('\n')
  const phone = telephone.exec(own.map(({ text }) => text).join('\n'))?.[0] ?? telephone.exec(all)?.[0] ?? ''
  const said = own.map(({ text }) => text)
  const added = others.map(({ text }) => `群成员补充：${text}`)
  const text = [...said, ...added]
    .map((line) => line.replaceAll(telephones, '').trim())
    .filter((line) => line !== '')
    .join('\n')
  return { text, place: address.exec(all)?.[0] ?? house.exec(reporter)?.[0] ?? '', name: nameIn(reporter), phone }
}

function messagesOf(copied: string): Message[] {
  const messages: Message[] = []
  let speaker = ''
  for (const raw of copied.split(/\r?\n/)) {
    const line = raw.replaceAll(noise, '').trim()
    const header = headerAfter.exec(line) ?? headerBefore.exec(line)
    const spoken = inline.exec(line)
    if (line === '') continue
    if (header !== null) speaker = header.groups!['speaker']!
    else if (spoken !== null && !/^\d+$/.test(spoken.groups!['speaker']!) && !telephone.test(line.slice(0, 12))) {
      const { speaker: named, text } = spoken.groups as { speaker: string; text: string }
      // “电话：138…” in the middle of what somebody says is no speaker.
      if (isLabel(named)) messages.push({ speaker, text: `${named}：${text}` })
      else messages.push({ speaker: (speaker = named), text })
    } else messages.push({ speaker, text: line })
  }
  return messages
}

const labels = new Set(['电话', '手机', '联系电话', '地址', '地点', '位置', '时间', '姓名', '联系人', '情况', '诉求'])
const isLabel = (word: string) => labels.has(word)

/** The name in a nickname, without house number and brackets. */
function nameIn(speaker: string): string {
  const parts = speaker
    .replace(house, ' ')
    .split(/[\s()（）【】[\]_\-—·|]+/)
    .filter((part) => /[\u4e00-\u9fffA-Za-z]/.test(part) && !address.test(part))
  return parts.at(-1) ?? ''
}
