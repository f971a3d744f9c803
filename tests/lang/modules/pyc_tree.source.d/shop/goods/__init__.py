from .. import ledger as _ledger
from .fruit import *
