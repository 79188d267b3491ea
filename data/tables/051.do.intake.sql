-- Taking in new cases: who reports them, what the reporter asks with, and which requests have been answered already.

-- People and bodies of a case; what its steps call by `party` (data/domain/incident-workflow). Their names stand here
-- alone, so that the log holds none.
create table incident_party (
  street_code text not null,
  number text not null,
  party text not null,
  side text not null check (side in ('applicant', 'respondent', 'third')),
  kind text not null default 'person' check (kind in ('person', 'organisation')),
  is_reporter boolean not null default false,
  name text not null,
  phone text not null default '',
  created_at timestamptz not null default now(),
  primary key (street_code, number, party),
  foreign key (street_code, number) references incident (street_code, number) on delete cascade
);

-- Each code opens the progress of one case. Only its digest is stored: whoever reads the database cannot ask, or rate,
-- as the reporter.
create table incident_receipt (
  street_code text not null,
  digest bytea not null,
  number text not null,
  issued_at timestamptz not null,
  primary key (street_code, digest),
  foreign key (street_code, number) references incident (street_code, number) on delete cascade
);
create index incident_receipt_digest on incident_receipt (digest);
create index incident_receipt_number on incident_receipt (street_code, number);

-- A request that is sent again, because its answer was lost, makes no second case.
create table intake_key (
  street_code text not null,
  actor_id text not null,
  key_digest bytea not null,
  request_digest bytea not null,
  number text not null,
  at timestamptz not null,
  primary key (street_code, actor_id, key_digest)
);

-- The last number given in a street on a day.
create table intake_number (
  street_code text not null,
  day date not null,
  last integer not null,
  primary key (street_code, day)
);

-- What another system's fields and words mean, by channel.
create table intake_channel (
  street_code text not null,
  channel text not null,
  mapping jsonb not null,
  updated_at timestamptz not null,
  primary key (street_code, channel)
);

alter table incident_party enable row level security;
alter table incident_receipt enable row level security;
alter table intake_key enable row level security;
alter table intake_number enable row level security;
alter table intake_channel enable row level security;

-- Parties and receipts belong to their case.
create policy scope_incident_party on incident_party for select using (near_scope(street_code) and (
  street_code ^@ nullif(current_setting('app.scope', true), '') or exists (
    select from incident i where i.street_code = incident_party.street_code and i.number = incident_party.number)));
create policy whole_incident_party on incident_party for select to minqing_reader_all, minqing_department_all,
  minqing_procedure_all, minqing_analyst_all, minqing_office_all using (true);
create policy write_incident_party on incident_party to minqing_writer using (near_scope(street_code) and (
  street_code ^@ nullif(current_setting('app.scope', true), '') or exists (
    select from incident i where i.street_code = incident_party.street_code and i.number = incident_party.number)));
create policy write_all_incident_party on incident_party to minqing_writer_all using (true) with check (true);
create policy write_incident_receipt on incident_receipt to minqing_writer using (near_scope(street_code) and (
  street_code ^@ nullif(current_setting('app.scope', true), '') or exists (
    select from incident i where i.street_code = incident_receipt.street_code and i.number = incident_receipt.number)));
create policy write_all_incident_receipt on incident_receipt to minqing_writer_all using (true) with check (true);

-- Of streets: whoever works in a part of one takes numbers of it, and reads what its channels send.
do $$
declare
  own text;
begin
  foreach own in array array['intake_key', 'intake_number', 'intake_channel'] loop
    execute format('create policy write_%1$s on %1$s to minqing_writer using (near_scope(street_code) and '
      '(in_scope(street_code, street_code) or above_scope(street_code)))', own);
    execute format('create policy write_all_%1$s on %1$s to minqing_writer_all using (true) with check (true)', own);
  end loop;
end $$;

grant select on incident_party to minqing_reader;
grant select, insert, update, delete on incident_party, incident_receipt, intake_key, intake_number, intake_channel
  to minqing_writer;
