import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useMay } from '../api/session.ts'
import { WallRoute } from '../screens/wall/wall-route.tsx'
import { auditPath } from '../view/screen-path.ts'
import { Loading, NotFound } from './pages.tsx'

// Each screen is a chunk of its own.
const MapScreen = lazy(async () => ({ default: (await import('../screens/map/map-screen.tsx')).MapScreen }))

const ImportScreen = lazy(async () => ({ default: (await import('../screens/import/import-screen.tsx')).ImportScreen }))

const AnalysisScreen = lazy(async () => ({
  default: (await import('../screens/analysis/analysis-screen.tsx')).AnalysisScreen,
}))

const IntakeScreen = lazy(async () => ({ default: (await import('../screens/intake/intake-screen.tsx')).IntakeScreen }))

const TasksScreen = lazy(async () => ({ default: (await import('../screens/tasks/tasks-screen.tsx')).TasksScreen }))

const ClocksScreen = lazy(async () => ({ default: (await import('../screens/clocks/clocks-screen.tsx')).ClocksScreen }))

const CaseScreen = lazy(async () => ({ default: (await import('../screens/case/case-screen.tsx')).CaseScreen }))

const FiguresScreen = lazy(async () => ({
  default: (await import('../screens/figures/figures-screen.tsx')).FiguresScreen,
}))

const AuditScreen = lazy(async () => ({ default: (await import('../screens/audit/audit-screen.tsx')).AuditScreen }))

const MeScreen = lazy(async () => ({ default: (await import('../screens/account/me-screen.tsx')).MeScreen }))

const PairScreen = lazy(async () => ({ default: (await import('../screens/account/pair-screen.tsx')).PairScreen }))

const AccountsScreen = lazy(async () => ({
  default: (await import('../screens/accounts/accounts-screen.tsx')).AccountsScreen,
}))

export function Router() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/">
          <Home />
        </Route>
        <Route path="/wall">
          <WallRoute />
        </Route>
        <Route path="/admin/import">
          <ImportScreen />
        </Route>
        <Route path="/analysis">
          <AnalysisScreen />
        </Route>
        <Route path="/intake">
          <IntakeScreen />
        </Route>
        <Route path="/tasks">
          <TasksScreen />
        </Route>
        <Route path="/clocks">
          <ClocksScreen />
        </Route>
        <Route path="/incident/:street/:number">
          {({ street, number }) => <CaseScreen key={`${street}-${number}`} street={street} number={number} />}
        </Route>
        <Route path="/figures">
          <FiguresScreen />
        </Route>
        <Route path="/audit">
          <AuditScreen />
        </Route>
        <Route path="/me">
          <MeScreen />
        </Route>
        <Route path="/admin/accounts">
          <AccountsScreen />
        </Route>
        <Route path="/pair">
          <PairScreen />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  )
}

/** The map; for auditors, who see none, the audit trail. */
function Home() {
  const hasMap = useMay('read', 'incident')
  const mayAudit = useMay('read', 'audit')
  return mayAudit && !hasMap ? <Redirect replace to={auditPath(location.search)} /> : <MapScreen />
}
