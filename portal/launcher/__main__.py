"""`make run`: the whole portal on this machine, until Ctrl-C."""

import sys

from portal.launcher.run import main

sys.exit(main())
