import type { MapPicture } from '../../map/map-inputs.ts'
import { cssPixels, millimetres } from './drawing.ts'
import type { MapFacts } from './map-marks.ts'

/** Degrees of tilt above which the scale of the far edge differs from the near one's by more than a tenth. */
const maxFlatPitch = 10

/** What a page says about a picture of the map. */
export function factsOf(
  picture: Pick<MapPicture, 'metresPerPixel' | 'bearing' | 'pitch' | 'project' | 'unproject'>,
): MapFacts {
  return {
    metresPerMillimetre: picture.metresPerPixel * cssPixels(1),
    bearing: picture.bearing,
    tilted: picture.pitch > maxFlatPitch,
    project: (lon, lat) => {
      const [x, y] = picture.project(lon, lat)
      return [millimetres(x), millimetres(y)]
    },
    unproject: (x, y) => picture.unproject(cssPixels(x), cssPixels(y)),
  }
}
