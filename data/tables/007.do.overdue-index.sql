-- What is overdue is counted by place and by every filter: from the index alone. Fetching the row of each late case took
-- longer the more cases there were.
drop index incident_open;
create index incident_open on incident (due_at, street_code)
  include (community_code, grid_code, reported_at, type, channel, status, risk)
  where status in ('00', '10', '20', '30', '40', '45', '50', '55', '60');
