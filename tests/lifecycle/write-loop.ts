/** Writes facilities one after the other until it is killed: `node write-loop.ts <url> <series>`. */
import { actorAs } from '../../server/access/actor.ts'
import { connect } from '../../server/store/connect.ts'
import { writeAs } from '../../server/writing/write-as.ts'

const [url = '', series = ''] = process.argv.slice(2)
const street = '990101001'
const actor = actorAs({ id: 'writer', name: 'writer' }, 'centre_lead', [street])
const database = connect({ url, poolSize: 2 })

async function writeOn(lane: number): Promise<never> {
  for (let index = 0; ; index += 1) {
    const target = `${series}-${lane}-${index}`
    await writeAs(database, actor, { action: 'create', object: 'facility', area: street, target }, async (writing) => {
      await writing.transaction`
        insert into facility (street_code, id, kind, position, source)
        values (${street}, ${target}, 'hydrant', point(114.3, 30.5), 'test')`
      writing.change(['facilities'])
    })
    if (lane === 0 && index === 0) process.stdout.write('writing\n')
  }
}

await Promise.race([writeOn(0), writeOn(1)])
