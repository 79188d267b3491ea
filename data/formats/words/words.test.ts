import { describe, expect, it } from 'vitest'
import { channelLabels, channels } from '../../domain/channel.ts'
import { incidentStatusLabels, incidentStatuses } from '../../domain/incident-status.ts'
import { incidentTypeLabels, incidentTypes } from '../../domain/incident-type.ts'
import { channelWords, isOtherChannel } from './channel-words.ts'
import { readType } from './type-words.ts'
import { buildingUseWords, riskWords, statusWords } from './words.ts'

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
  ])('%s is %s, and the word is stored', (word, type) => {
    expect(readType(word)).toEqual({ type, sourceType: word, known: true })
  })

  it('keeps a word it does not know and says so', () => {
    expect(readType('量子纠缠')).toEqual({ type: 'E99', sourceType: '量子纠缠', known: false })
    expect(channelWords.read('信鸽')).toBeNull()
  })

  it.each([
    ['12345', 'hotline_12345'],
    ['市民热线', 'hotline_12345'],
    ['来访', 'walk_in'],
    ['来信', 'sunshine_petition'],
    ['网上信访', 'sunshine_petition'],
    ['信访局转办', 'sunshine_petition'],
    ['网格员上报', 'grid_app'],
    ['网格员排查', 'grid_app'],
    ['巡查', 'patrol'],
    ['矛盾纠纷排查', 'patrol'],
    ['110', 'police_110'],
    ['派出所移送', 'police_110'],
    ['法院委派', 'department'],
    ['司法所移送', 'department'],
    ['上级转办', 'superior'],
    ['领导接访日', 'leader_reception'],
    ['视频监控', 'iot'],
    ['烟感报警', 'iot'],
    ['民警走访', 'visit'],
  ])('knows %s as the channel %s', (word, channel) => expect(channelWords.read(word)).toBe(channel))

  it('distinguishes what is no channel of ours from unknown words', () => {
    for (const word of ['其他', '其它', ' 其他渠道 ', '群众反映', '村（社区）上报'])
      expect([word, isOtherChannel(word)]).toEqual([word, true])
    expect(isOtherChannel('信鸽')).toBe(false)
  })

  it.each([
    [channelWords.read('市民热线12345'), 'hotline_12345'],
    [riskWords.read('高风险'), 'red'],
    [riskWords.read('红色'), 'red'],
    [riskWords.read('Ⅱ级'), 'orange'],
    [statusWords.read('调解成功'), '70'],
    [statusWords.read('未化解'), '50'],
    [statusWords.read('经调解未达成协议'), '50'],
    [statusWords.read('涉未成年人，已化解'), '70'],
    [statusWords.read('是'), '70'],
    [statusWords.read('否'), '50'],
    [statusWords.read('已办结'), '70'],
    [buildingUseWords.read('apartments'), 'residential'],
  ])('reads words in use (%s)', (read, expected) => {
    expect(read).toBe(expected)
  })
})
