"""Has it fallen or risen? Posteriors of trends, their calibration, many areas at once, alarms."""
