-- `app.scope` names several areas, separated by commas: who is responsible for two grids reads both of them.
create or replace function in_scope(code text) returns boolean
  language sql stable parallel safe
  return current_setting('app.scope', true) = 'all'
    or code ^@ any (string_to_array(current_setting('app.scope', true), ','));
