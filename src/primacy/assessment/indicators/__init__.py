"""From data points to the value of an indicator at every point of the grid."""
