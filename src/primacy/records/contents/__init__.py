"""What a brought file is, whether it may be kept, and what is taken out of it first. Pure: bytes in, bytes out."""
