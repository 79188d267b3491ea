import type { DemoStreet } from '@minqing/data/demo/street'
import { bboxOfGeometry } from '@minqing/data/geo/plane'
import type { Geometry } from 'geojson'
import type { TableRows } from '../store/copy-rows.ts'

/** The street's places and people, parents first. */
export function streetTables(street: DemoStreet): TableRows[] {
  return [...placeTables(street), ...peopleTables(street)]
}

/** Areas, buildings, staff, facilities and the base map. */
export function placeTables(street: DemoStreet): TableRows[] {
  const { code } = street
  return [
    {
      table: 'area',
      columns: [
        'code',
        'level',
        'parent_code',
        'street_code',
        'name',
        'grid_type',
        'households',
        'residents',
        'area_m2',
        'geometry',
        'extent',
        'center',
        'source',
      ],
      rows: street.areas.map((a) => [
        a.code,
        a.level,
        a.parentCode,
        a.streetCode,
        a.name,
        a.gridType,
        a.households,
        a.residents,
        a.areaM2,
        JSON.stringify(a.geometry),
        box(a.geometry),
        point(a.center),
        a.source,
      ]),
    },
    {
      table: 'building',
      columns: [
        'street_code',
        'code',
        'community_code',
        'grid_code',
        'name',
        'address',
        'estate',
        'floors',
        'height',
        'units',
        'built_year',
        'structure',
        'use',
        'households',
        'residents',
        'geometry',
        'extent',
        'center',
        'source',
        'source_id',
      ],
      rows: street.buildings.map((b) => [
        b.streetCode,
        b.code,
        b.communityCode,
        b.gridCode,
        b.name,
        b.address,
        b.estate,
        b.floors,
        b.height,
        b.units,
        b.builtYear,
        b.structure,
        b.use,
        b.households,
        b.residents,
        JSON.stringify(b.geometry),
        box(b.geometry),
        point(b.center),
        b.source,
        b.sourceId,
      ]),
    },
    {
      table: 'staff',
      columns: ['id', 'street_code', 'area_code', 'role', 'name', 'work_phone', 'duty'],
      rows: street.staff.map((s) => [s.id, s.streetCode, s.areaCode, s.role, s.name, s.workPhone, s.duty]),
    },
    {
      table: 'facility',
      columns: [
        'street_code',
        'id',
        'community_code',
        'grid_code',
        'building_code',
        'kind',
        'name',
        'address',
        'phone',
        'status',
        'position',
        'source',
      ],
      rows: street.facilities.map((f) => [
        f.streetCode,
        f.id,
        f.communityCode,
        f.gridCode,
        f.buildingCode,
        f.kind,
        f.name,
        f.address,
        f.phone,
        f.status,
        point(f.position),
        f.source,
      ]),
    },
    {
      table: 'base_feature',
      columns: ['street_code', 'id', 'layer', 'kind', 'name', 'rank', 'geometry', 'extent', 'source'],
      rows: street.base.map((f) => [
        code,
        f.id,
        f.layer,
        f.kind,
        f.name,
        f.rank,
        JSON.stringify(f.geometry),
        box(f.geometry),
        'demo',
      ]),
    },
  ]
}

function peopleTables(street: DemoStreet): TableRows[] {
  return [
    {
      table: 'household',
      columns: ['street_code', 'id', 'grid_code', 'building_code', 'unit', 'floor', 'room'],
      rows: street.households.map((h) => [h.streetCode, h.id, h.gridCode, h.buildingCode, h.unit, h.floor, h.room]),
    },
    {
      table: 'resident',
      columns: [
        'street_code',
        'id',
        'household_id',
        'grid_code',
        'building_code',
        'sex',
        'birth_date',
        'population_type',
        'lives_alone',
      ],
      rows: street.residents.map((r) => [
        r.streetCode,
        r.id,
        r.householdId,
        r.gridCode,
        r.buildingCode,
        r.sex,
        r.birthDate,
        r.populationType,
        r.livesAlone,
      ]),
    },
  ]
}

/** PostgreSQL's text of a point, longitude first. */
export function point({ lon, lat }: { lon: number; lat: number }): string {
  return `(${lon},${lat})`
}

/** PostgreSQL's text of the box around a geometry. */
function box(geometry: Geometry): string {
  const [west, south, east, north] = bboxOfGeometry(geometry)
  return `(${east},${north}),(${west},${south})`
}
