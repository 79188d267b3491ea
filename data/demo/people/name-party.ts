import type { NewParty } from '../../domain/incident-party.ts'
import { Random } from '../../stats/random.ts'
import { personName } from './make-staff.ts'

const trades = ['便利店', '餐馆', '装饰工程部', '物业服务部', '汽车修理部', '劳务服务部']

/** Name and number of a party of a demo case, which stand for nobody. */
export function nameParty(
  seed: number,
  number: string,
  { party, partyKind }: { party: string; partyKind: NewParty['kind'] },
): Pick<NewParty, 'name' | 'phone'> {
  const random = new Random(seed, 'party', number, party)
  const own = personName(random)
  // No operator has ever been given the prefix 154.
  const phone = `154${String(random.whole(0, 99_999_999)).padStart(8, '0')}`
  return { name: partyKind === 'person' ? own : `${own.slice(1)}${random.pick(trades)}`, phone }
}
