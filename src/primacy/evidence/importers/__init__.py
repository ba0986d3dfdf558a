"""Outside formats that become data points. One module for each; its docstring is the data sheet."""
