/**
 * Circular windows of a scan statistic: for each area as a centre, the areas around it by distance, each prefix of which
 * is a window (Kulldorff 1997, “A spatial scan statistic”, Communications in Statistics – Theory and Methods 26).
 *
 * Areas at the same distance enter together, because a circle holds all or none of them. SaTScan lets them enter one by
 * one in the order of the file; on regular cells its windows would depend on that order.
 */
export type ScanWindows = {
  areas: number
  /** The row of centre i is `members[offsets[i]]` to before `members[offsets[i + 1]]`; empty when no window fits. */
  offsets: Uint32Array
  /** By ascending distance: twice the area's index, and 1 more where a window may end with it. */
  members: Uint16Array | Uint32Array
  /** Centres as `dimensions` numbers each: metres in the plane, or a unit vector for longitudes and latitudes. */
  points: Float64Array
  dimensions: 2 | 3
}

export type ScanPlaces = {
  /** Easting, or longitude in degrees. */
  x: Float64Array
  /** Northing, or latitude in degrees. */
  y: Float64Array
  coordinates: 'cartesian' | 'longitude-latitude'
}

export type WindowLimits = {
  /** Largest share of all sizes that a window may hold, (0, 1]; 0.5 is Kulldorff's and SaTScan's default. */
  share: number
  /** Largest radius in the units of the places, metres for longitudes and latitudes; none by default. */
  radius?: number
}

/** Mean radius of the Earth in metres (IUGG), on whose sphere distances of longitudes and latitudes are measured. */
const earthRadius = 6_371_008.8
/** Squared distances that differ by less, relative to themselves, are the same: cells of a raster are inexact. */
const sameDistance = 1e-9
const mostAreas = 2 ** 20

/**
 * The windows around every area.
 * @param sizes what `limits.share` is a share of: population, or cases where none is known; one for each area, ≥ 0
 * @throws RangeError when the arrays differ in length, there are more than 1,048,576 areas or the share is outside (0, 1]
 *
 * O(n² + n k log k) time for n areas and k areas in a window, and much less than n² where windows are small; 2 bytes for each member up to 32,768 areas, else 4.
 */
export function scanWindows(places: ScanPlaces, sizes: Float64Array, limits: WindowLimits): ScanWindows {
  const areas = sizes.length
  if (places.x.length !== areas || places.y.length !== areas)
    throw new RangeError(`${places.x.length} and ${places.y.length} coordinates for ${areas} areas`)
  if (areas > mostAreas) throw new RangeError(`${areas} areas: a scan takes up to ${mostAreas}`)
  if (!(limits.share > 0 && limits.share <= 1)) throw new RangeError(`a share is in (0, 1], not ${limits.share}`)
  const { points, dimensions } = pointsOf(places)
  const largest = limits.share * sizes.reduce((sum, size) => sum + size, 0) * (1 + 1e-12)
  const farthest = squaredLimit(limits.radius ?? Infinity, dimensions)

  const offsets = new Uint32Array(areas + 1)
  const rows = new Rows(areas)
  const sorter = new ByDistance(points, dimensions)
  // What the last centre needed, with room to spare; the next one asks again with more where this is too little.
  let guess = farthest
  for (let centre = 0; centre < areas; centre++) {
    const begin = rows.length
    for (let bound = Math.min(guess, farthest); ; bound = Math.min(bound * 4, farthest)) {
      const found = sorter.sort(centre, bound)
      const last = appendWindows(rows, sorter, found, sizes, largest)
      if (last < found || bound >= farthest || found === areas) {
        guess = last > 1 ? sorter.squared[last - 1]! * 2 : bound
        break
      }
      rows.length = begin
    }
    offsets[centre + 1] = rows.length
  }
  return { areas, offsets, members: rows.array(), points, dimensions }
}

/** Distance between the centres of two areas, in the units of the places; metres for longitudes and latitudes. */
export function scanDistance({ points, dimensions }: ScanWindows, a: number, b: number): number {
  const squared = squaredDistance(points, dimensions, a, b)
  return dimensions === 2 ? Math.sqrt(squared) : 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(squared) / 2))
}

/** Appends whole groups of areas at one distance while they fit; how many of the sorted areas were used. */
function appendWindows(rows: Rows, sorter: ByDistance, found: number, sizes: Float64Array, largest: number): number {
  const { order, squared } = sorter
  let sum = 0
  let next = 0
  while (next < found) {
    const first = next
    let size = 0
    // Compared with the one before it, which differs by rounding only.
    do size += sizes[order[next++]!]!
    while (next < found && squared[next]! <= squared[next - 1]! * (1 + sameDistance))
    if (sum + size > largest) return first
    sum += size
    for (let i = first; i < next - 1; i++) rows.push(order[i]! * 2)
    rows.push(order[next - 1]! * 2 + 1)
  }
  return next
}

/** Numbers that are appended to an array of 16 or 32 bits, which grows. */
class Rows {
  length = 0
  #array: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

  constructor(areas: number) {
    this.#array = areas <= 2 ** 15 ? new Uint16Array(1024) : new Uint32Array(1024)
  }

  push(value: number): void {
    if (this.length === this.#array.length) {
      const larger = new (this.#array.constructor as Uint16ArrayConstructor)(this.length * 2)
      larger.set(this.#array)
      this.#array = larger
    }
    this.#array[this.length++] = value
  }

  array(): Uint16Array | Uint32Array {
    return this.#array.slice(0, this.length)
  }
}

/** Sorts the areas within a distance of a centre; those too far away in x are not looked at. */
class ByDistance {
  /** Areas by ascending distance, and their squared distances; as many as the last `sort` found. */
  readonly order: Uint32Array
  readonly squared: Float64Array
  readonly #exact: Float64Array
  /** Areas by x, and their x. */
  readonly #byX: Uint32Array
  readonly #x: Float64Array
  readonly #points: Float64Array
  readonly #dimensions: 2 | 3
  readonly #keys: Float64Array
  readonly #words: Uint32Array
  readonly #mask: number

  constructor(points: Float64Array, dimensions: 2 | 3) {
    const areas = points.length / dimensions
    this.order = new Uint32Array(areas)
    this.squared = new Float64Array(areas)
    this.#exact = new Float64Array(areas)
    this.#byX = Uint32Array.from({ length: areas }, (_, area) => area)
    this.#byX.sort((a, b) => points[a * dimensions]! - points[b * dimensions]!)
    this.#x = Float64Array.from(this.#byX, (area) => points[area * dimensions]!)
    this.#points = points
    this.#dimensions = dimensions
    this.#keys = new Float64Array(areas)
    this.#words = new Uint32Array(this.#keys.buffer)
    this.#mask = 2 ** Math.ceil(Math.log2(Math.max(2, areas))) - 1
  }

  /**
   * Numbers sort much faster than objects do, so each squared distance carries its area in the last bits of its fraction
   * (up to 20 of 52). What that does to the order lies below `sameDistance`, within which areas are one group.
   */
  sort(centre: number, bound: number): number {
    const [x, reach] = [this.#points[centre * this.#dimensions]!, Math.sqrt(bound) * (1 + sameDistance)]
    let found = 0
    for (let at = firstFrom(this.#x, x - reach); at < this.#x.length && this.#x[at]! <= x + reach; at++) {
      const area = this.#byX[at]!
      const squared = squaredDistance(this.#points, this.#dimensions, centre, area)
      if (squared > bound) continue
      this.#exact[area] = squared
      this.#keys[found] = squared
      // The low word of a number comes first: all platforms that run JavaScript are little-endian.
      this.#words[found * 2] = (this.#words[found * 2]! & ~this.#mask) | area
      found++
    }
    this.#keys.subarray(0, found).sort()
    for (let i = 0; i < found; i++) {
      const area = this.#words[i * 2]! & this.#mask
      this.order[i] = area
      this.squared[i] = this.#exact[area]!
    }
    return found
  }
}

/** Position of the first of ascending numbers that is not below `from`. */
function firstFrom(ascending: Float64Array, from: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < from) low = middle + 1
    else high = middle
  }
  return low
}

function squaredDistance(points: Float64Array, dimensions: 2 | 3, a: number, b: number): number {
  const x = points[a * dimensions]! - points[b * dimensions]!
  const y = points[a * dimensions + 1]! - points[b * dimensions + 1]!
  const z = dimensions === 2 ? 0 : points[a * 3 + 2]! - points[b * 3 + 2]!
  return x * x + y * y + z * z
}

/** The chord between unit vectors grows with the arc, so that it orders areas as distances on the sphere do. */
function pointsOf({ x, y, coordinates }: ScanPlaces): Pick<ScanWindows, 'points' | 'dimensions'> {
  const dimensions = coordinates === 'cartesian' ? 2 : 3
  const points = new Float64Array(x.length * dimensions)
  for (let i = 0; i < x.length; i++) {
    if (dimensions === 2) points.set([x[i]!, y[i]!], i * 2)
    else {
      const [lon, lat] = [(x[i]! * Math.PI) / 180, (y[i]! * Math.PI) / 180]
      points.set([Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)], i * 3)
    }
  }
  return { points, dimensions }
}

function squaredLimit(radius: number, dimensions: 2 | 3): number {
  if (dimensions === 2) return radius * radius * (1 + sameDistance)
  const arc = Math.min(Math.PI, radius / earthRadius)
  return (2 * Math.sin(arc / 2)) ** 2 * (1 + sameDistance)
}
