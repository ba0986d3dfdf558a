"""The folder of Parquet files and its manifest: written whole, read as it was known."""
