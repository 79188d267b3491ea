-- The planner knows nothing of rows that a transaction has written until the database looks by itself, within a minute:
-- after the first import pages ran into their time limits. Only an owner may look, so that writers do it through this.
-- Tables of which less than a tenth has changed are left alone.
create function analyze_written(changed bigint, names text[]) returns void
  language plpgsql security definer set search_path = public, pg_temp
  as $$
    declare
      name text;
    begin
      foreach name in array names loop
        if name not in ('area', 'staff', 'building', 'facility', 'incident', 'incident_step', 'incident_month', 'base_feature') then
          raise exception 'analyze_written: % is no table of imports', name;
        end if;
        if changed >= greatest(500, (select reltuples from pg_class where oid = name::regclass) / 10) then
          execute format('analyze %I', name);
        end if;
      end loop;
    end
  $$;
revoke execute on function analyze_written from public;
grant execute on function analyze_written to minqing_writer;
