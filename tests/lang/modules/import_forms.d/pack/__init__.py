"""A package."""
value = 'value of pack'
