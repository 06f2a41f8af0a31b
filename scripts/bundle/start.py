"""What PyInstaller starts: see ach_desk/app/frozen.py."""

import sys

from ach_desk.app.frozen import main

sys.exit(main())
