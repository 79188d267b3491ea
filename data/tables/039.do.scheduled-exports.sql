-- Exports that the server writes into a folder by itself. A few rows, on the coordinator alone when distributed.
create table scheduled_export (
  -- Chosen by who made it; the names of its files begin with it.
  id text primary key,
  collection text not null,
  format text not null,
  -- Filter, datum, circulation, level of areas, language and period (data/domain/scheduled-export.ts).
  parameters jsonb not null,
  -- Absolute path on the server's machine.
  folder text not null,
  every text not null check (every in ('day', 'week', 'month')),
  -- Local time of day.
  at_time text not null check (at_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  -- How many of its newest files stay.
  files integer not null check (files >= 1),
  made_by text not null,
  made_at timestamptz not null,
  next_at timestamptz not null,
  -- The last run; while it goes on, as one that was interrupted.
  last_at timestamptz,
  last_result text check (last_result in ('done', 'failed')),
  -- A code of ours or of the operating system, and never a text.
  last_problem text,
  last_rows bigint,
  last_file text
);
grant select, insert, update, delete on scheduled_export to minqing_writer;
