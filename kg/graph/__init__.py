"""Facts as RDF: mapping, validating, storing, asking, exporting. ``docs/model.md`` shows the graph."""
