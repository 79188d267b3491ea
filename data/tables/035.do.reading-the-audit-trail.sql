-- Who audits everything reads the newest rows of all streets; what somebody did; and when the trail was last verified.
create index audit_newest on audit (at, street_code, position);
create index audit_actor on audit (actor_id, at, street_code, position);
create index audit_verified on audit (at, street_code, position) where object = 'audit' and action = 'verify';

-- Whether the scope is everything is asked once a statement: asked of each row, the planner expects nearly none.
drop policy scope_audit on audit;
create policy scope_audit on audit for select to minqing_auditor using (
  (select current_setting('app.scope', true) = 'all') or in_scope(street_code));

-- An auditor verifies the chains of the own streets: `broken_audit` sees what its caller sees.
alter table audit_head enable row level security;
create policy scope_audit_head on audit_head for select to minqing_auditor using (
  (select current_setting('app.scope', true) = 'all') or in_scope(street_code));
grant select on audit_head to minqing_auditor;
grant execute on function broken_audit to minqing_auditor;
