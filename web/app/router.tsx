import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { Loading } from './loading.tsx'
import { NotFound } from './not-found.tsx'

// Each screen is a chunk of its own: the wall does not load the map page's panels, nor the other way round.
const MapScreen = lazy(async () => ({ default: (await import('../screens/map/map-screen.tsx')).MapScreen }))
const WallScreen = lazy(async () => ({ default: (await import('../screens/wall/wall-screen.tsx')).WallScreen }))

export function Router() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/">
          <MapScreen />
        </Route>
        <Route path="/wall">
          <WallScreen />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  )
}
