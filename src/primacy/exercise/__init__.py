"""A country to practise on: an invented one, whose truth is known beside the evidence that people see of it."""
