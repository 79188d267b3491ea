-- The step of an incident's workflow is named after the incident, as in the code and the API.
alter table flow_step rename to incident_step;
alter index flow_step_pkey rename to incident_step_pkey;
alter index flow_step_at rename to incident_step_at;
alter table incident_step rename constraint flow_step_street_code_position_key to incident_step_street_code_position_key;
alter table incident_step rename constraint flow_step_street_code_number_fkey to incident_step_street_code_number_fkey;
alter policy scope_flow_step on incident_step rename to scope_incident_step;
alter policy whole_flow_step on incident_step rename to whole_incident_step;
