import { Agent, get, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export type Attack = (target: {
  address: URL
  /** Called with the status of each answer, or with what came instead. */
  note: (status: string | number) => void
  stop: AbortSignal
}) => Promise<unknown>

const items = '/api/collections/incidents/items'

/** An address that no cache has an answer for. */
let asked = 0
function unlike(path: string): string {
  asked += 1
  const from = new Date(Date.UTC(1990, 0, 1) + asked * 1000).toISOString()
  return `${path}${path.includes('?') ? '&' : '?'}datetime=${from}/..`
}

/** A star of many corners around the demo street, in few characters. */
function star(corners: number): string {
  const [lon, lat, radius] = [114.3462, 30.6448, 0.05]
  const at = Array.from({ length: corners }, (_, index) => {
    const angle = (2 * Math.PI * index) / corners
    const reach = radius * (index % 2 === 0 ? 1 : 0.8)
    return `${(lon + reach * Math.cos(angle)).toFixed(3)} ${(lat + reach * Math.sin(angle)).toFixed(3)}`
  })
  return `S_INTERSECTS(geometry,POLYGON((${[...at, at[0]].join()})))`
}

/** `OR` of many patterns that match nothing. */
function patterns(count: number): string {
  const each = Array.from({ length: count }, (_, index) => `CASEI(title) LIKE CASEI('%q${index}%')`)
  return each.join(' OR ')
}

/** `count` clients that ask again as soon as they have an answer, each on a connection of its own. */
function flood(count: number, path: () => string): Attack {
  return ({ address, note, stop }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: count })
    const one = async () => {
      while (!stop.aborted) note(await statusOf(new URL(path(), address), agent))
    }
    return Promise.all(Array.from({ length: count }, one))
  }
}

function statusOf(url: URL, agent: Agent): Promise<string | number> {
  return new Promise((resolve) => {
    const asking = get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      response.resume()
      response.once('error', () => resolve('broken off'))
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    asking.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
  })
}

/** One connection on which many requests are sent before the first answer has come; a new one when it is closed. */
const pipeline: Attack = async ({ address, note, stop }) => {
  while (!stop.aborted) {
    const socket = connect(Number(address.port), address.hostname)
    socket.on('data', () => {})
    const requests = Array.from(
      { length: 250 },
      () => `GET ${unlike(`${items}?limit=1000`)} HTTP/1.1\r\nhost: ${address.host}\r\n\r\n`,
    )
    socket.write(requests.join(''))
    await new Promise((resolve) => {
      socket.once('error', resolve)
      socket.once('close', resolve)
    })
    note('closed')
    await delay(10)
  }
}

/** Many uploads that send a byte now and then; each is begun again when it is refused. */
const slowUploads: Attack = ({ address, note, stop }) => {
  const one = async () => {
    while (!stop.aborted) {
      note(await slowUpload(address))
      await delay(100)
    }
  }
  return Promise.all(Array.from({ length: 300 }, one))
}

function slowUpload(address: URL): Promise<string | number> {
  return new Promise((resolve) => {
    const headers = { 'content-disposition': 'attachment; filename="a.csv"', 'content-length': 1_000_000 }
    const sending = request(new URL('/api/imports', address), { method: 'POST', headers, agent: false })
    const dripping = setInterval(() => sending.write('a'), 500)
    const end = (status: string | number) => {
      clearInterval(dripping)
      resolve(status)
    }
    sending.once('response', (response) => {
      response.resume()
      end(response.statusCode ?? 0)
    })
    sending.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'))
    sending.write('a')
  })
}

/** Exports of which a few kilobytes are read now and then. */
const slowReaders: Attack = ({ address, note, stop }) => {
  const one = async () => {
    while (!stop.aborted) {
      note(await slowRead(new URL('/api/exports/incidents.geojson', address)))
      await delay(100)
    }
  }
  return Promise.all(Array.from({ length: 12 }, one))
}

function slowRead(url: URL): Promise<string | number> {
  return new Promise((resolve) => {
    const asking = get(url, { agent: false }, (response) => {
      if (response.statusCode !== 200) {
        response.resume()
        return resolve(response.statusCode ?? 0)
      }
      const reading = setInterval(() => response.read(1024), 500)
      response.once('close', () => {
        clearInterval(reading)
        resolve('broken off')
      })
      response.on('error', () => {})
    })
    asking.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
  })
}

/** Filters as dear as one that is accepted can be, and dearer ones. */
const filters = (filter: string) => () => unlike(`${items}?limit=10&filter=${encodeURIComponent(filter)}`)

export const attacks = {
  'pages of 10,000 features': flood(220, () => unlike(`${items}?limit=10000`)),
  'pages of 10,000 features as HTML': flood(220, () => unlike(`${items}?limit=10000&f=html`)),
  'polygons of 400 corners': flood(12, filters(star(400))),
  '200 patterns': flood(12, filters(patterns(200))),
  '20 patterns': flood(12, filters(patterns(20))),
  'a pipeline of 250': pipeline,
  '300 slow uploads': slowUploads,
  '12 slow readers of exports': slowReaders,
} satisfies Record<string, Attack>

export type AttackName = keyof typeof attacks
export const attackNames = Object.keys(attacks) as AttackName[]
