-- Photographs, scans and PDFs of a case. The bytes lie in the data directory under their SHA-256; what is withdrawn stays
-- recorded.
create table incident_document (
  street_code text not null,
  number text not null,
  id text not null,
  name text not null,
  type text not null check (type in ('image/jpeg', 'image/png', 'application/pdf')),
  size integer not null,
  width integer,
  height integer,
  sha256 text not null,
  added_at timestamptz not null,
  added_by text not null,
  added_by_role text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_by_role text,
  withdrawn_reason text,
  primary key (street_code, number, id),
  foreign key (street_code, number) references incident (street_code, number) on delete cascade
);

alter table incident_document enable row level security;

-- They belong to their case, and are read by whoever may write in it.
create policy write_incident_document on incident_document to minqing_writer using (near_scope(street_code) and (
  street_code ^@ nullif(current_setting('app.scope', true), '') or exists (
    select from incident i where i.street_code = incident_document.street_code and i.number = incident_document.number)));
create policy write_all_incident_document on incident_document to minqing_writer_all using (true) with check (true);

grant select, insert, update, delete on incident_document to minqing_writer;
