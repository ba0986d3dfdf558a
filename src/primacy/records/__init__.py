"""How a record works: list, page, form, versions, archive, and its way into the evidence, once for all types."""
