"""Changes of the framework by form, until another person signs them."""
