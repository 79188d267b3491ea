-- Until when the case had to be resolved, as the step knew it: figures of an earlier time are read from the log alone.
-- Null in steps of files and of the demo, which say it in their content or not at all, and where no such clock runs.
alter table incident_step add column due_at timestamptz;

update incident_step s set due_at = i.due_at
from incident i
where i.street_code = s.street_code and i.number = s.number and s.action <> 'import'
  and s.to_status in ('20', '30', '40', '45', '50', '52', '55', '58', '60');
