"""Writes: comments, tasks, notices, digests. Each is one transaction and one entry in the trail, without words."""
