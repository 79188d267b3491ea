import { describe, expect, it } from 'vitest'
import { channelLabels, channels } from '../domain/channel.ts'
import { incidentStatusLabels, incidentStatuses } from '../domain/incident-status.ts'
import { incidentTypeLabels, incidentTypes } from '../domain/incident-type.ts'
import { readType } from './type-words.ts'
import { buildingUseWords, channelWords, riskWords, statusWords } from './words.ts'

describe('words for closed sets', () => {
  it('reads every code and both labels back', () => {
    for (const type of incidentTypes)
      for (const word of [type, incidentTypeLabels[type].zh, incidentTypeLabels[type].en])
        expect([word, readType(word)]).toEqual([word, { type, sourceType: null, known: true }])
    for (const channel of channels)
      for (const word of [channel, channelLabels[channel].zh, channelLabels[channel].en])
        expect(channelWords.read(word)).toBe(channel)
    for (const status of incidentStatuses)
      for (const word of [status, incidentStatusLabels[status].zh]) expect(statusWords.read(word)).toBe(status)
  })

  it.each([
    ['劳资纠纷', 'D10'],
    ['婚恋', 'D01'],
    ['涉房', 'D08'],
    ['邻里矛盾', 'D02'],
    ['personal robbery', 'E06'],
    ['楼道堆物', 'E02'],
    ['其他矛盾纠纷', 'D99'],
  ])('%s is %s, and the word is kept', (word, type) => {
    expect(readType(word)).toEqual({ type, sourceType: word, known: true })
  })

  it('keeps a word it does not know and says so', () => {
    expect(readType('量子纠缠')).toEqual({ type: 'E99', sourceType: '量子纠缠', known: false })
    expect(channelWords.read('信鸽')).toBeNull()
  })

  it.each([
    [channelWords.read('市民热线12345'), 'hotline_12345'],
    [riskWords.read('高风险'), 'red'],
    [riskWords.read('红色'), 'red'],
    [riskWords.read('Ⅱ级'), 'orange'],
    [statusWords.read('调解成功'), '70'],
    [statusWords.read('未化解'), '50'],
    [statusWords.read('已办结'), '70'],
    [buildingUseWords.read('apartments'), 'residential'],
  ])('reads words in use (%s)', (read, expected) => {
    expect(read).toBe(expected)
  })
})
