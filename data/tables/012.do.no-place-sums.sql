-- Cases by place are added up from the cells, which processes hold: reading these sums took longer.
alter table incident_month drop column places, drop column place_counts;
