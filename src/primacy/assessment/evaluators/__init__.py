"""The verbs of rules, one file each; the file name is the verb."""
