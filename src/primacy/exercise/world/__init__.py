"""The simulated country: how a political process goes, month by month. What is here knows nothing of any rule."""
