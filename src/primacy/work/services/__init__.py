"""Writes: comments, tasks, notices, digests. Each is one transaction and one entry in the trail, without words."""

from primacy.work.services.notices import tell_of_asked as tell_of_asked  # rooms below ask for both by these names
from primacy.work.services.notices import tell_of_looks as tell_of_looks
