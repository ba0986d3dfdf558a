"""Any table by a mapping: drafted from a look at it, read, checked, applied; surveys by their design."""
