-- The end of the time in which an incident happened, where that is known as an interval; null where it is one time.
-- The wall's role may not read it.
alter table incident add column happened_until timestamptz check (happened_until >= happened_at);
