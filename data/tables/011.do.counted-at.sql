-- By which a process sees that the cells of a street's month that it holds are still those of the database.
alter table incident_month add column counted_at timestamptz not null default clock_timestamp();
drop index incident_month_sums;
create index incident_month_sums on incident_month (month, street_code) include (total, open, overdue, counted_at);
