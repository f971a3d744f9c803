from .. import value as inherited
