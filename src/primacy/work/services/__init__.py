"""Writes: comments, tasks, notices, digests. Each is one transaction and one entry in the trail, without words."""

from primacy.work.services.notices import tell_of_looks as tell_of_looks  # records ask for it by this name
