-- Readers who may not see every field, or not every table: what each of them reads follows from the policy
-- (data/domain/access.ts) and is granted after the migrations (server/access/narrow-readers.ts).
do $$
declare
  reader text;
begin
  foreach reader in array array['department', 'procedure', 'analyst', 'office'] loop
    begin
      execute format('create role minqing_%s nologin', reader);
    exception when duplicate_object or unique_violation then null;
    end;
    begin
      execute format('create role minqing_%s_all nologin', reader);
    exception when duplicate_object or unique_violation then null;
    end;
    begin
      execute format('grant minqing_%1$s to minqing_%1$s_all', reader);
      execute format('grant minqing_%1$s, minqing_%1$s_all to %2$I', reader, current_user);
    exception when others then
      -- Roles are the cluster's: another database of it has granted them, or the first request says what is missing.
      null;
    end;
  end loop;
end $$;

-- Who sees everything does so in each of these roles (006.do.whole-scope.sql).
do $$
declare
  own record;
begin
  for own in select policyname, tablename from pg_policies
    where schemaname = 'public' and policyname like 'whole\_%' and 'minqing_reader_all' = any (roles)
  loop
    execute format('alter policy %I on %I to minqing_reader_all, minqing_wall_all, minqing_department_all, '
      'minqing_procedure_all, minqing_analyst_all, minqing_office_all', own.policyname, own.tablename);
  end loop;
end $$;
