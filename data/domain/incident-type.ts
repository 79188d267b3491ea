import { z } from 'zod'
import type { Label } from './label.ts'

/**
 * What an incident is about. Disputes carry the 15 labels of the judicial monthly statistics (D01–D15, D99);
 * every other event is its category (E02–E12, E99). One code answers both questions: a dispute's category is E01.
 */
export const disputeTypes = [
  'D01',
  'D02',
  'D03',
  'D04',
  'D05',
  'D06',
  'D07',
  'D08',
  'D09',
  'D10',
  'D11',
  'D12',
  'D13',
  'D14',
  'D15',
  'D99',
] as const
export const otherTypes = ['E02', 'E03', 'E04', 'E05', 'E06', 'E07', 'E08', 'E09', 'E10', 'E11', 'E99'] as const
export const incidentTypes = [...disputeTypes, ...otherTypes] as const

export const IncidentType = z.enum(incidentTypes)
export type IncidentType = z.infer<typeof IncidentType>

export const eventCategories = ['E01', ...otherTypes] as const
export const EventCategory = z.enum(eventCategories)
export type EventCategory = z.infer<typeof EventCategory>

export function categoryOf(type: IncidentType): EventCategory {
  return type.startsWith('D') ? 'E01' : (type as EventCategory)
}

export const incidentTypeLabels: Record<IncidentType, Label> = {
  D01: { zh: '婚姻家庭', en: 'Marriage and family' },
  D02: { zh: '邻里', en: 'Neighbours' },
  D03: { zh: '房屋宅基地', en: 'Housing and homestead' },
  D04: { zh: '合同', en: 'Contracts' },
  D05: { zh: '生产经营', en: 'Business operations' },
  D06: { zh: '损害赔偿', en: 'Damages' },
  D07: { zh: '山林土地', en: 'Land and forest' },
  D08: { zh: '征地拆迁', en: 'Expropriation and demolition' },
  D09: { zh: '环境污染', en: 'Pollution' },
  D10: { zh: '劳动争议', en: 'Labour' },
  D11: { zh: '消费', en: 'Consumer' },
  D12: { zh: '医疗', en: 'Medical' },
  D13: { zh: '道路交通事故', en: 'Traffic accidents' },
  D14: { zh: '物业', en: 'Property management' },
  D15: { zh: '电子商务', en: 'E-commerce' },
  D99: { zh: '其他纠纷', en: 'Other disputes' },
  E02: { zh: '安全隐患', en: 'Safety hazards' },
  E03: { zh: '环境卫生', en: 'Sanitation' },
  E04: { zh: '设施报修', en: 'Facility repairs' },
  E05: { zh: '占道秩序', en: 'Street obstruction' },
  E06: { zh: '治安', en: 'Public order' },
  E07: { zh: '民生救助', en: 'Social assistance' },
  E08: { zh: '咨询', en: 'Enquiries' },
  E09: { zh: '建议', en: 'Suggestions' },
  E10: { zh: '设备告警', en: 'Device alarms' },
  E11: { zh: '信访', en: 'Petitions' },
  E99: { zh: '其他事件', en: 'Other events' },
}

export const eventCategoryLabels: Record<EventCategory, Label> = {
  E01: { zh: '矛盾纠纷', en: 'Disputes' },
  E02: incidentTypeLabels.E02,
  E03: incidentTypeLabels.E03,
  E04: incidentTypeLabels.E04,
  E05: incidentTypeLabels.E05,
  E06: incidentTypeLabels.E06,
  E07: incidentTypeLabels.E07,
  E08: incidentTypeLabels.E08,
  E09: incidentTypeLabels.E09,
  E10: incidentTypeLabels.E10,
  E11: incidentTypeLabels.E11,
  E99: incidentTypeLabels.E99,
}
