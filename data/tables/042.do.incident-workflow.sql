-- What was done in a step, by whom, and what it recorded (data/domain/incident-workflow). Steps of earlier versions, of
-- imports and of the demo say no more than how far the case has come.
alter table incident_step
  add column action text not null default 'import',
  -- Account, and the role that it acted in.
  add column actor_id text not null default '',
  add column actor_role text not null default 'system',
  -- As of `stepContents`: codes, times, units and reasons.
  add column content jsonb not null default '{}';
