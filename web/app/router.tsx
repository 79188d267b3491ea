import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { WallRoute } from '../screens/wall/wall-route.tsx'
import { Loading, NotFound } from './pages.tsx'

// Each screen is a chunk of its own.
const MapScreen = lazy(async () => ({ default: (await import('../screens/map/map-screen.tsx')).MapScreen }))

const ImportScreen = lazy(async () => ({ default: (await import('../screens/import/import-screen.tsx')).ImportScreen }))

const MeScreen = lazy(async () => ({ default: (await import('../screens/account/me-screen.tsx')).MeScreen }))

export function Router() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/">
          <MapScreen />
        </Route>
        <Route path="/wall">
          <WallRoute />
        </Route>
        <Route path="/admin/import">
          <ImportScreen />
        </Route>
        <Route path="/me">
          <MeScreen />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  )
}
