from __future__ import absolute_import
from . import inherited as up
from ..sub import public as p2
where = __name__
