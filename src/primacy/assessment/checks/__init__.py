"""What is wrong in a framework, an overlay or a mission file, with place and remedy."""
