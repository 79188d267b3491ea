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
