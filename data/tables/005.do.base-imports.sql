-- Base maps that are imported, and can be taken back as a whole.
alter table base_feature add column import_batch integer;
create index base_feature_source on base_feature (source);

alter table import_before drop constraint import_before_collection_check;
alter table import_before add constraint import_before_collection_check
  check (collection in ('area', 'building', 'incident', 'facility', 'base_feature'));
