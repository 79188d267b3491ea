import { normaliseAddress } from './normalise.ts'

/** An address as questions are asked and answered of it: in the form that is compared, without unit, floor and room. */
export function addressKey(address: string): string {
  return normaliseAddress(address)
    .replace(/(?<=栋|号|单元|层|楼|\d-)\d{3,4}(?:室|户|房)?$/, '')
    .replace(/(?<=栋|号|\d-)\d+(?:单元|层|楼)(?:\d+(?:层|楼))?$/, '')
    .replace(/-$/, '')
}
