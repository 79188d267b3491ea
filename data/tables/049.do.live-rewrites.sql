-- Of a collection's versions, how many were raised by something else than the steps of cases, which streams show one by one.
alter table collection_version add column rewrites bigint not null default 0;
