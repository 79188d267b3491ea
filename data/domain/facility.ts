import { z } from 'zod'
import { BuildingCode, CommunityCode, GridCode, StreetCode } from './area-code.ts'
import type { Label } from './label.ts'
import { Position } from './position.ts'
import { PositionSource } from './position-source.ts'

export const facilityKinds = [
  'service_station',
  'mediation_room',
  'police',
  'school',
  'smoke_detector',
  'other',
] as const
export const FacilityKind = z.enum(facilityKinds)
export type FacilityKind = z.infer<typeof FacilityKind>

export const facilityKindLabels: Record<FacilityKind, Label> = {
  service_station: { zh: '红色驿站', en: 'Service station' },
  mediation_room: { zh: '调解室', en: 'Mediation room' },
  police: { zh: '警务室', en: 'Police' },
  school: { zh: '学校', en: 'School' },
  smoke_detector: { zh: '烟感', en: 'Smoke detector' },
  other: { zh: '其他', en: 'Other' },
}

/** Whether a device reports: a green icon that only means “installed” hides a dead one. */
export const facilityStatuses = ['online', 'offline', 'low_battery', 'alarm', 'not_applicable'] as const
export const FacilityStatus = z.enum(facilityStatuses)
export type FacilityStatus = z.infer<typeof FacilityStatus>

export const facilityStatusLabels: Record<FacilityStatus, Label> = {
  online: { zh: '在线', en: 'Online' },
  offline: { zh: '失联', en: 'Offline' },
  low_battery: { zh: '电量低', en: 'Low battery' },
  alarm: { zh: '告警', en: 'Alarm' },
  not_applicable: { zh: '—', en: '—' },
}

export const Facility = z.object({
  id: z.string().min(1).max(64),
  streetCode: StreetCode,
  communityCode: CommunityCode.nullable(),
  gridCode: GridCode.nullable(),
  buildingCode: BuildingCode.nullable(),
  kind: FacilityKind,
  name: z.string().max(100),
  address: z.string().max(200),
  phone: z.string().nullable(),
  status: FacilityStatus,
  position: Position,
  positionSource: PositionSource,
  positionCertainty: z.number().min(0).max(1).nullable(),
  source: z.string(),
})
export type Facility = z.infer<typeof Facility>
