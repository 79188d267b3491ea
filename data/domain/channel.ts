import { z } from 'zod'
import type { Label } from './label.ts'

/** Where an incident came in. */
export const channels = [
  'grid_app',
  'walk_in',
  'leader_reception',
  'hotline_12345',
  'mini_program',
  'qr_hall',
  'wechat_group',
  'weilinli',
  'message_board',
  'sunshine_petition',
  'online_reception',
  'police_110',
  'iot',
  'patrol',
  'visit',
  'superior',
  'department',
] as const
export const Channel = z.enum(channels)
export type Channel = z.infer<typeof Channel>

export const channelLabels: Record<Channel, Label> = {
  grid_app: { zh: '网格员上报', en: 'Grid worker app' },
  walk_in: { zh: '来访接待', en: 'Walk-in' },
  leader_reception: { zh: '领导接访', en: 'Leader reception' },
  hotline_12345: { zh: '12345热线', en: '12345 hotline' },
  mini_program: { zh: '小程序', en: 'Mini-program' },
  qr_hall: { zh: '码上议事厅', en: 'QR hall' },
  wechat_group: { zh: '微信群', en: 'WeChat group' },
  weilinli: { zh: '微邻里', en: 'Weilinli' },
  message_board: { zh: '城市留言板', en: 'Message board' },
  sunshine_petition: { zh: '阳光信访', en: 'Online petition' },
  online_reception: { zh: '线上接访', en: 'Online reception' },
  police_110: { zh: '110联动', en: 'Police 110' },
  iot: { zh: '物联告警', en: 'Device' },
  patrol: { zh: '巡逻发现', en: 'Patrol' },
  visit: { zh: '走访发现', en: 'Home visit' },
  superior: { zh: '上级交办', en: 'From superior' },
  department: { zh: '部门转办', en: 'From department' },
}

/** Who noticed an incident first: somebody who reported it, or somebody whose work is to look for it. */
export const channelOrigins = ['reported', 'discovered'] as const
export type ChannelOrigin = (typeof channelOrigins)[number]

export const channelOriginLabels: Record<ChannelOrigin, Label> = {
  reported: { zh: '群众反映', en: 'Reported by residents' },
  discovered: { zh: '主动发现', en: 'Discovered by workers' },
}

/**
 * The one definition of what residents reported and what workers discovered. The two answer different questions: where
 * reports cluster, people are troubled; where discoveries cluster, somebody looked. Discoveries that decide where to look
 * next confirm themselves, so analyses count reports unless the other is asked for.
 *
 * - 110: the police come because somebody called.
 * - Assigned by superiors and passed on by departments: an office elsewhere was asked by a petitioner, a caller or a party;
 *   where it came from does not depend on where workers of this centre go. Inspections by superiors come this way too and
 *   are counted as reports: they are the smaller part, and the channel does not distinguish them.
 * - Grid worker app: the worker noticed it, or entered what was said on the round; either way it depends on where the round
 *   goes.
 * - Devices: they notice where they hang, whether or not anybody minds.
 */
export const channelOriginOf: Record<Channel, ChannelOrigin> = {
  grid_app: 'discovered',
  walk_in: 'reported',
  leader_reception: 'reported',
  hotline_12345: 'reported',
  mini_program: 'reported',
  qr_hall: 'reported',
  wechat_group: 'reported',
  weilinli: 'reported',
  message_board: 'reported',
  sunshine_petition: 'reported',
  online_reception: 'reported',
  police_110: 'reported',
  iot: 'discovered',
  patrol: 'discovered',
  visit: 'discovered',
  superior: 'reported',
  department: 'reported',
}

/** The channels of an origin, in their order. */
export function channelsOf(origin: ChannelOrigin): Channel[] {
  return channels.filter((channel) => channelOriginOf[channel] === origin)
}
