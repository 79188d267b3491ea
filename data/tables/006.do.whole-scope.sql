-- Whoever may see everything reads as a role whose policies are true, which the planner drops. Behind any other policy
-- it may not use an index for a box or a pattern (their operators are not leakproof), and a tile of one street would
-- look at every building of the city.
do $$
begin
  create role minqing_reader_all nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  create role minqing_wall_all nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  grant minqing_reader to minqing_reader_all;
  grant minqing_wall to minqing_wall_all;
  execute format('grant minqing_reader_all, minqing_wall_all to %I', current_user);
exception when others then
  -- Roles are the cluster's: another database of it has granted them, or the first request says what is missing.
  null;
end $$;

create policy whole_staff on staff for select to minqing_reader_all, minqing_wall_all using (true);
create policy whole_building on building for select to minqing_reader_all, minqing_wall_all using (true);
create policy whole_household on household for select to minqing_reader_all, minqing_wall_all using (true);
create policy whole_resident on resident for select to minqing_reader_all, minqing_wall_all using (true);
create policy whole_incident on incident for select to minqing_reader_all, minqing_wall_all using (true);
create policy whole_facility on facility for select to minqing_reader_all, minqing_wall_all using (true);
create policy whole_flow_step on flow_step for select to minqing_reader_all, minqing_wall_all using (true);
create policy whole_incident_month on incident_month for select to minqing_reader_all, minqing_wall_all using (true);
create policy whole_incident_total on incident_total for select to minqing_reader_all, minqing_wall_all using (true);
