-- Two statuses joined the open ones (data/domain/incident-status.ts): waiting for the reporter (52), and forwarded to a
-- body outside (58).
drop index incident_open;
create index incident_open on incident (street_code, due_at)
  include (community_code, grid_code, reported_at, type, channel, status, risk)
  where status in ('10', '20', '30', '40', '45', '50', '52', '55', '58', '60');
