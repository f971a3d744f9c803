__all__ = ['public']
public = 'public'
_hidden = other = 'not exported'
