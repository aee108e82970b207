"""`python -m factuurbode`."""

import sys

from .cli import main

sys.exit(main())
