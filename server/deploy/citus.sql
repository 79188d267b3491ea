-- Spreads a migrated, empty database over the machines of a Citus cluster (>= 12) by street. Run once, on the
-- coordinator, as the owner of the tables, before anything is imported:
--
--   psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f server/deploy/citus.sql
--
-- citus.md says why it is so, and what was measured.

-- Hash ranges of street_code; every distributed table has the same ones on the same machines.
set citus.shard_count = 64;

-- On every machine whole: what is joined everywhere and seldom written.
select create_reference_table('area');
select create_reference_table('staff');

-- By street. A street's rows of all these tables lie together, so that joins on street_code stay on one machine.
select create_distributed_table('incident', 'street_code', colocate_with => 'none');
select create_distributed_table('log_head', 'street_code', colocate_with => 'incident');
select create_distributed_table('incident_month', 'street_code', colocate_with => 'incident');
select create_distributed_table('overdue_horizon', 'street_code', colocate_with => 'incident');
select create_distributed_table('building', 'street_code', colocate_with => 'incident');
select create_distributed_table('facility', 'street_code', colocate_with => 'incident');
select create_distributed_table('household', 'street_code', colocate_with => 'incident');
select create_distributed_table('resident', 'street_code', colocate_with => 'incident');
select create_distributed_table('base_feature', 'street_code', colocate_with => 'incident');
select create_distributed_table('address_answer', 'street_code', colocate_with => 'incident');
select create_distributed_table('import_before', 'street_code', colocate_with => 'incident');
select create_distributed_table('print_template', 'street_code', colocate_with => 'incident');
select create_distributed_table('clock_settings', 'street_code', colocate_with => 'incident');
select create_distributed_table('intake_key', 'street_code', colocate_with => 'incident');
select create_distributed_table('intake_number', 'street_code', colocate_with => 'incident');
select create_distributed_table('intake_channel', 'street_code', colocate_with => 'incident');

-- A policy may hold no subquery on a distributed table. Steps, parties, tasks and receipts are then seen by whoever sees their
-- whole street; a scope below the street sees none of them rather than those of others.
drop policy scope_incident_step on incident_step;
create policy scope_incident_step on incident_step for select using (in_scope(street_code));
select create_distributed_table('incident_step', 'street_code', colocate_with => 'incident');
drop policy scope_incident_party on incident_party;
create policy scope_incident_party on incident_party for select using (in_scope(street_code));
drop policy write_incident_party on incident_party;
create policy write_incident_party on incident_party to minqing_writer using (in_scope(street_code));
select create_distributed_table('incident_party', 'street_code', colocate_with => 'incident');
drop policy scope_incident_task on incident_task;
create policy scope_incident_task on incident_task for select using (in_scope(street_code));
drop policy write_incident_task on incident_task;
create policy write_incident_task on incident_task to minqing_writer using (in_scope(street_code));
select create_distributed_table('incident_task', 'street_code', colocate_with => 'incident');
drop policy write_incident_document on incident_document;
create policy write_incident_document on incident_document to minqing_writer using (in_scope(street_code));
select create_distributed_table('incident_document', 'street_code', colocate_with => 'incident');
drop policy write_incident_receipt on incident_receipt;
create policy write_incident_receipt on incident_receipt to minqing_writer using (in_scope(street_code));
select create_distributed_table('incident_receipt', 'street_code', colocate_with => 'incident');

-- The roles that requests read as: between the machines, Citus connects as the role itself. Give the machines a way to
-- know each other (certificates, or pg_dist_authinfo); nobody else should be able to log in as these.
alter role minqing_reader login;
alter role minqing_reader_all login;
alter role minqing_wall login;
alter role minqing_wall_all login;
alter role minqing_duty login;
alter role minqing_duty_all login;

-- Not spread, on the coordinator alone: collection_version, incident_total, count_layout, import_batch, demo_state, account,
-- account_grant, session, sign_in_failure, access_token, first_account, first_account_link, wall_device,
-- wall_pairing, provider_sign_in, scheduled_export. They are a few rows, locked and numbered by whoever writes, and never joined with a
-- street's rows.
