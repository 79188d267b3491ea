-- Who writes: `minqing_writer` within the areas that app.scope names, `minqing_writer_all` everywhere, as with readers.
do $$
begin
  create role minqing_writer nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  create role minqing_writer_all nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  create role minqing_auditor nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  grant minqing_writer to minqing_writer_all;
  execute format('grant minqing_writer, minqing_writer_all, minqing_auditor to %I', current_user);
exception when others then
  -- Roles are the cluster's: another database of it has granted them, or the first write says what is missing.
  null;
end $$;

grant select, insert, update, delete on area, staff, building, household, resident, incident, log_head, facility,
  base_feature, address_answer, demo_state, import_batch, import_before, incident_month, incident_total, overdue_horizon
  to minqing_writer;
-- A step is written once; it goes with its case alone.
grant select, insert, delete on incident_step to minqing_writer;
grant select, update on collection_version to minqing_writer;
grant select on count_layout, area_with_contacts to minqing_writer;
grant execute on function count_residents to minqing_writer;

create policy write_staff on staff to minqing_writer using (in_scope(area_code)) with check (in_scope(area_code));
create policy write_building on building to minqing_writer
  using (in_scope(coalesce(grid_code, community_code))) with check (in_scope(coalesce(grid_code, community_code)));
create policy write_household on household to minqing_writer using (in_scope(grid_code)) with check (in_scope(grid_code));
create policy write_resident on resident to minqing_writer using (in_scope(grid_code)) with check (in_scope(grid_code));
create policy write_incident on incident to minqing_writer
  using (in_scope(coalesce(grid_code, community_code, street_code)))
  with check (in_scope(coalesce(grid_code, community_code, street_code)));
create policy write_facility on facility to minqing_writer
  using (in_scope(coalesce(grid_code, community_code, street_code)))
  with check (in_scope(coalesce(grid_code, community_code, street_code)));
-- A step belongs to its case, whose key it has.
create policy write_incident_step on incident_step to minqing_writer
  using (exists (
    select from incident i where i.street_code = incident_step.street_code and i.number = incident_step.number))
  with check (exists (
    select from incident i where i.street_code = incident_step.street_code and i.number = incident_step.number));
create policy write_import_before on import_before to minqing_writer
  using (in_scope(area_code)) with check (in_scope(area_code));
-- Counts of whole streets: who changes a case of one changes its counts.
create policy write_incident_month on incident_month to minqing_writer using (true) with check (true);
create policy write_incident_total on incident_total to minqing_writer using (true) with check (true);
create policy write_overdue_horizon on overdue_horizon to minqing_writer using (true) with check (true);

create policy write_all_staff on staff to minqing_writer_all using (true) with check (true);
create policy write_all_building on building to minqing_writer_all using (true) with check (true);
create policy write_all_household on household to minqing_writer_all using (true) with check (true);
create policy write_all_resident on resident to minqing_writer_all using (true) with check (true);
create policy write_all_incident on incident to minqing_writer_all using (true) with check (true);
create policy write_all_facility on facility to minqing_writer_all using (true) with check (true);
create policy write_all_incident_step on incident_step to minqing_writer_all using (true) with check (true);
create policy write_all_import_before on import_before to minqing_writer_all using (true) with check (true);

-- Who did or read what, when, from where, why and with what result. A chain for each street, '000000000' for what
-- belongs to none: each row has the hash of the one before it in its own. Nobody may change or delete a row; rows come
-- by `append_audit` alone, in the transaction that does what they record.
create table audit (
  street_code text not null check (street_code ~ '^\d{9}$'),
  position bigint not null check (position >= 1),
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  role text not null,
  -- Of the client, where there is one.
  address text,
  action text not null,
  object text not null,
  target text,
  reason text,
  result text not null check (result in ('done', 'refused', 'failed')),
  details jsonb not null default '{}',
  hash bytea not null,
  primary key (street_code, position)
);
create index audit_at on audit (street_code, at);

-- The last row of each chain; its lock makes the positions gap-free.
create table audit_head (
  street_code text primary key,
  position bigint not null default 0,
  hash bytea not null default ''
);

-- What the hash of a row is made of: the hash before it and every column, in the text form of jsonb, which is one for
-- one value whatever the settings of a session.
create function audit_hash(previous bytea, entry audit) returns bytea
  language sql immutable parallel safe
  return sha256(previous || convert_to(jsonb_build_array(
    entry.street_code, entry.position, extract(epoch from entry.at), entry.actor_kind, entry.actor_id, entry.actor_name,
    entry.role, entry.address, entry.action, entry.object, entry.target, entry.reason, entry.result, entry.details
  )::text, 'UTF8'));

create function append_audit(street text, actor_kind text, actor_id text, actor_name text, role text, address text,
  action text, object text, target text, reason text, result text, details jsonb) returns bigint
  language plpgsql security definer set search_path = public, pg_temp
  as $$
    declare
      entry audit;
      head audit_head;
    begin
      insert into audit_head as h (street_code, position) values (street, 1)
      on conflict (street_code) do update set position = h.position + 1
      returning h.* into head;
      entry := row(street, head.position, clock_timestamp(), actor_kind, actor_id, actor_name, role, address, action,
        object, target, reason, result, details, ''::bytea);
      entry.hash := audit_hash(head.hash, entry);
      insert into audit select entry.*;
      update audit_head h set hash = entry.hash where h.street_code = street;
      return entry.position;
    end
  $$;
revoke execute on function append_audit from public;
grant execute on function append_audit to minqing_writer;

alter table audit enable row level security;
create policy scope_audit on audit for select to minqing_auditor using (
  current_setting('app.scope', true) = 'all' or in_scope(street_code));
grant select on audit to minqing_auditor;

-- The first row of each chain that is not what it was when it was written, or that does not follow the one before it;
-- one behind the last row where rows are missing at the end.
create function broken_audit() returns table (street_code text, "position" bigint, fault text)
  language sql stable
  as $$
    with checked as (
      select a.street_code, a.position,
        lag(a.position, 1, 0::bigint) over chain as before,
        lag(a.hash, 1, ''::bytea) over chain as previous, lag(a.at) over chain as at_before, a
      from audit a window chain as (partition by a.street_code order by a.position)
    ), faults as (
      select c.street_code, c.position,
        case when c.position <> c.before + 1 then 'missing'
          when audit_hash(c.previous, c.a) <> (c.a).hash then 'changed'
          when (c.a).at < c.at_before then 'order' end as fault
      from checked c
      union all
      select h.street_code,
        case when last.position = h.position then h.position else least(last.position, h.position) + 1 end,
        case when last.position < h.position then 'missing' when last.position > h.position then 'appended'
          when last.hash <> h.hash then 'changed' end
      from audit_head h cross join lateral (
        select coalesce(max(a.position), 0) as position, (array_agg(a.hash order by a.position desc))[1] as hash
        from audit a where a.street_code = h.street_code
      ) last
      union all
      select a.street_code, min(a.position), 'appended' from audit a
      where not exists (select from audit_head h where h.street_code = a.street_code) group by a.street_code
    )
    select distinct on (f.street_code) f.street_code, f.position, f.fault from faults f where f.fault is not null
    order by f.street_code, f.position
  $$;
revoke execute on function broken_audit from public;

-- Areas were everybody's. Who sees a part of a street sees that part and what it lies in.
create function above_scope(code text) returns boolean
  language sql stable parallel safe
  return exists (
    select from unnest(string_to_array(current_setting('app.scope', true), ',')) as own (area) where own.area ^@ code);
alter table area enable row level security;
create policy scope_area on area for select using (in_scope(code) or above_scope(code));
create policy whole_area on area for select to minqing_reader_all, minqing_wall_all using (true);
create policy write_area on area to minqing_writer using (in_scope(code)) with check (in_scope(code));
create policy write_all_area on area to minqing_writer_all using (true) with check (true);
